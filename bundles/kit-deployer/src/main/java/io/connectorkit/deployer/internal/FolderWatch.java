package io.connectorkit.deployer.internal;

import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches one folder for one thread. The system's notices only wake it up; what counts is what a look finds, so a lost notice costs time
 * and nothing else. A file is handed on once two looks in a row found it unchanged.
 */
final class FolderWatch implements AutoCloseable {

  /** Hears of files. */
  interface Handler {

    /**
     * A file is new or has changed, and lies still.
     *
     * @param patient whether it may be half copied yet, and another look at the same file is due if it cannot be used
     * @return false to be asked again about it when it has lain still for longer
     */
    boolean changed(Path file, boolean patient);

    /** A file has gone. */
    void removed(String name);
  }

  private static final Logger LOG = LoggerFactory.getLogger(FolderWatch.class);
  private static final long QUIET_MILLIS = 50;
  private static final long PATIENCE_MILLIS = 2_000;
  /** A file that was last written so long ago was moved here whole. */
  private static final long SETTLED_MILLIS = 5_000;
  private static final long RESCAN_MILLIS = 2_000;

  private record Stamp(long size, long modified, Object key) {}

  private static final class Seen {
    private Stamp stamp;
    private long since;
    private boolean handled;
  }

  private final Path folder;
  private final Handler handler;
  private final Map<String, Seen> seen = new HashMap<>();
  private WatchService notices;
  private WatchKey key;

  FolderWatch(Path folder, Handler handler) {
    this.folder = folder;
    this.handler = handler;
  }

  /** Looks until nothing is on the move any more. */
  void settle() throws InterruptedException {
    while (look()) {
      pause(QUIET_MILLIS);
    }
  }

  /** Watches until the thread is interrupted. */
  void run() throws InterruptedException {
    while (!Thread.currentThread().isInterrupted()) {
      await(look() ? QUIET_MILLIS : RESCAN_MILLIS);
    }
  }

  /** One look. Tells whether another one is due soon. */
  private boolean look() {
    Map<String, Stamp> now = list();
    for (String name : seen.keySet().stream().filter(name -> !now.containsKey(name)).toList()) {
      seen.remove(name);
      handler.removed(name);
    }
    boolean busy = false;
    for (var entry : now.entrySet()) {
      busy |= !handled(entry.getKey(), entry.getValue());
    }
    return busy;
  }

  private boolean handled(String name, Stamp stamp) {
    long now = System.nanoTime();
    Seen file = seen.computeIfAbsent(name, ignored -> new Seen());
    boolean old = System.currentTimeMillis() - stamp.modified() > SETTLED_MILLIS;
    if (!stamp.equals(file.stamp)) {
      file.stamp = stamp;
      file.since = now;
      file.handled = false;
      if (!old) {
        return false;
      }
    }
    long still = old ? SETTLED_MILLIS : TimeUnit.NANOSECONDS.toMillis(now - file.since);
    if (!file.handled && still >= QUIET_MILLIS / 2) {
      file.handled = handler.changed(folder.resolve(name), still < PATIENCE_MILLIS);
    }
    return file.handled;
  }

  private Map<String, Stamp> list() {
    Map<String, Stamp> stamps = new TreeMap<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        String name = file.getFileName().toString();
        if (!name.startsWith(".") && !name.startsWith("README")) {
          stamp(file, name, stamps);
        }
      }
    } catch (IOException e) {
      LOG.debug("{} cannot be listed", folder, e);
    }
    return stamps;
  }

  private static void stamp(Path file, String name, Map<String, Stamp> stamps) {
    try {
      BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
      stamps.put(name, new Stamp(attributes.size(), attributes.lastModifiedTime().toMillis(), attributes.fileKey()));
    } catch (IOException e) {
      LOG.debug("{} went away while it was looked at", file, e);
    }
  }

  private void await(long millis) throws InterruptedException {
    register();
    if (notices == null) {
      pause(millis);
      return;
    }
    try {
      WatchKey signalled = notices.poll(millis, TimeUnit.MILLISECONDS);
      if (signalled != null) {
        signalled.pollEvents();
        signalled.reset();
      }
    } catch (ClosedWatchServiceException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void pause(long millis) throws InterruptedException {
    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(millis));
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
  }

  private void register() {
    if (key != null && key.isValid()) {
      return;
    }
    try {
      if (notices == null) {
        notices = folder.getFileSystem().newWatchService();
      }
      key = folder.register(notices, StandardWatchEventKinds.ENTRY_CREATE, StandardWatchEventKinds.ENTRY_MODIFY,
          StandardWatchEventKinds.ENTRY_DELETE);
    } catch (IOException e) {
      LOG.debug("{} cannot be watched and is looked at every {} ms", folder, RESCAN_MILLIS, e);
    }
  }

  @Override
  public void close() throws IOException {
    if (notices != null) {
      notices.close();
    }
  }
}
