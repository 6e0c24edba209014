package io.connectorkit.launcher;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/** Lets one gateway per home run. The operating system holds the lock, so it goes away with the process, however that ends. */
public final class GatewayLock implements AutoCloseable {

  /** Long enough to outlast somebody who only looks whether the lock is held. */
  private static final long PATIENCE = Duration.ofSeconds(1).toNanos();

  private final FileChannel channel;

  private GatewayLock(FileChannel channel) {
    this.channel = channel;
  }

  /** Takes the lock. Throws {@link HostException} naming the process that has it. */
  static GatewayLock acquire(HostFolders folders) {
    long deadline = System.nanoTime() + PATIENCE;
    do {
      Optional<GatewayLock> lock = tryAcquire(folders.gatewayLock());
      if (lock.isPresent()) {
        return lock.get();
      }
      LockSupport.parkNanos(50_000_000);
    } while (System.nanoTime() < deadline);
    throw new HostException("KIT-7003 a gateway runs already in '" + folders.home() + "' (process " + holder(folders).orElse("unknown")
        + "). Stop it with 'kit stop', or set KIT_HOME to another folder.");
  }

  /** Process id of the gateway that holds the lock of this home, or empty if none does. */
  public static Optional<String> holder(HostFolders folders) {
    Path file = folders.gatewayLock();
    if (Files.notExists(file)) {
      return Optional.empty();
    }
    Optional<GatewayLock> free = tryAcquire(file);
    if (free.isPresent()) {
      free.get().close();
      return Optional.empty();
    }
    try {
      return Optional.of(Files.readString(file).strip());
    } catch (IOException e) {
      return Optional.of("unknown");
    }
  }

  /** Writes who holds the lock; only the gateway does, somebody who looks must leave the name of the last one. */
  GatewayLock sign() {
    try {
      channel.truncate(0);
      channel.write(ByteBuffer.wrap((ProcessHandle.current().pid() + "\n").getBytes(StandardCharsets.UTF_8)), 0);
      return this;
    } catch (IOException e) {
      close();
      throw new HostException("KIT-7004 cannot write the gateway's lock file: " + e, e);
    }
  }

  private static Optional<GatewayLock> tryAcquire(Path file) {
    try {
      FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
      FileLock lock = null;
      try {
        lock = channel.tryLock();
      } catch (OverlappingFileLockException heldByThisProcess) {
        lock = null;
      } finally {
        if (lock == null) {
          channel.close();
        }
      }
      return lock == null ? Optional.empty() : Optional.of(new GatewayLock(channel));
    } catch (IOException e) {
      throw new HostException("KIT-7004 cannot open the gateway's lock file '" + file + "': " + e, e);
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new HostException("KIT-7004 cannot release the gateway's lock: " + e, e);
    }
  }
}
