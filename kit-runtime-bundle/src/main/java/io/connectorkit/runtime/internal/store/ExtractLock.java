package io.connectorkit.runtime.internal.store;

import io.connectorkit.host.KitException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.locks.LockSupport;

/**
 * Rights to one instance's extract, among all processes. The system takes them back when a process dies. Whoever runs has the one for as long
 * as the run takes; whoever publishes, or sweeps, has the other one for that moment, beside the first if it is a run.
 */
public final class ExtractLock implements AutoCloseable {

  private static final long PATIENCE_NANOS = 3_000_000_000L;
  /** A publish may end with a compaction of much. */
  private static final long PUBLISHING_NANOS = 600_000_000_000L;
  private static final long RETRY_NANOS = 10_000_000L;

  private final FileChannel channel;

  private ExtractLock(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Takes the lock; waits a little for whoever has it, such as a sweep at the start of the host.
   *
   * @throws KitException KIT-3002 if it is not free by then
   */
  public static ExtractLock acquire(ExtractPaths paths) throws IOException {
    return acquire(paths, paths.lock(), PATIENCE_NANOS);
  }

  /**
   * Takes the right to publish; waits for whoever publishes.
   *
   * @throws KitException KIT-3002 if it is not free in time, or the thread is interrupted
   */
  public static ExtractLock publishing(ExtractPaths paths) throws IOException {
    return acquire(paths, paths.publishing(), PUBLISHING_NANOS);
  }

  private static ExtractLock acquire(ExtractPaths paths, Path file, long patience) throws IOException {
    Files.createDirectories(paths.internal());
    FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      long deadline = System.nanoTime() + patience;
      while (!locked(channel)) {
        if (System.nanoTime() > deadline || patience > PATIENCE_NANOS && Thread.currentThread().isInterrupted()) {
          throw new KitException("KIT-3002", "another run writes into " + paths.root() + "; wait until it is done");
        }
        LockSupport.parkNanos(RETRY_NANOS);
      }
      return new ExtractLock(channel);
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  private static boolean locked(FileChannel channel) throws IOException {
    try {
      return channel.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      // Another thread of this process has it.
      return false;
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
