package io.connectorkit.runtime.internal.store;

import io.connectorkit.host.KitException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;

/** The right to write one instance's extract, among all processes. The system takes it back when a process dies. */
public final class ExtractLock implements AutoCloseable {

  private final FileChannel channel;

  private ExtractLock(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Takes the lock. Within this process the caller sees to it that only one thread wants it.
   *
   * @throws KitException KIT-3002 if another process has it
   */
  public static ExtractLock acquire(ExtractPaths paths) throws IOException {
    Files.createDirectories(paths.internal());
    FileChannel channel = FileChannel.open(paths.lock(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      FileLock lock = channel.tryLock();
      if (lock != null) {
        return new ExtractLock(channel);
      }
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
    channel.close();
    throw new KitException("KIT-3002", "another process extracts into " + paths.root() + "; wait until it is done");
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
