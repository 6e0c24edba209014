package io.connectorkit.deployer.internal.watch;

import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The system's notices of changes in a folder, where they can be had. What they say is not read: also one that says that others were lost
 * is a reason to look, and the look finds everything.
 */
final class Notices implements AutoCloseable {

  /** Opens a watch service; the file system's own, outside of tests. */
  @FunctionalInterface
  interface Opener {
    WatchService open() throws IOException;
  }

  private static final Logger LOG = LoggerFactory.getLogger(Notices.class);

  /** The system tells what this machine changes there, and nothing of what others do. */
  private static final Pattern SHARED =
      Pattern.compile(".* (nfs|cifs|smb|9p|afs|ceph|lustre|gluster|fuse\\.|vboxsf|drvfs|prl_fs|virtiofs).*", Pattern.CASE_INSENSITIVE);

  private final Path folder;
  private final Opener opener;
  private final long retryNanos;
  private WatchService service;
  private WatchKey key;
  private Object registered;
  private String problem = "";
  private long failedAt;

  Notices(Path folder, Opener opener, Duration retry) {
    this.folder = folder;
    this.opener = opener;
    this.retryNanos = retry.toNanos();
  }

  /** Why there are none; empty if there are. */
  String problem() {
    return problem;
  }

  /**
   * Asks for them, unless that was done for this very folder; tries again now and then where it failed. Tells whether they begin here, so
   * that nothing told of what happened since the look.
   */
  boolean register(Listing.Snapshot snapshot) {
    boolean same = snapshot.key() == null || snapshot.key().equals(registered);
    if (key != null && key.isValid() && same || !problem.isEmpty() && System.nanoTime() - failedAt < retryNanos) {
      return false;
    }
    try {
      close();
      if (SHARED.matcher(snapshot.store()).matches()) {
        throw new IOException("what other machines do on " + snapshot.store() + " is not told");
      }
      service = opener.open();
      if (service.getClass().getSimpleName().contains("Polling")) {
        throw new IOException("this system tells of no changes");
      }
      key = folder.register(service, StandardWatchEventKinds.ENTRY_CREATE, StandardWatchEventKinds.ENTRY_MODIFY,
          StandardWatchEventKinds.ENTRY_DELETE);
      registered = snapshot.key();
      if (!problem.isEmpty()) {
        LOG.info("{} is watched again", folder);
      }
      problem = "";
      return true;
    } catch (IOException | UnsupportedOperationException e) {
      failed(e);
      return false;
    }
  }

  private void failed(Exception e) {
    failedAt = System.nanoTime();
    close();
    String reason = String.valueOf(e.getMessage());
    if (reason.equals(problem)) {
      return;
    }
    problem = reason;
    String remedy = reason.contains("instances") ? "raise the system's limit fs.inotify.max_user_instances"
        : reason.contains("watches") ? "raise the system's limit fs.inotify.max_user_watches" : "changes in it are seen a little later";
    LOG.warn("KIT-1021 {} cannot be watched and is looked at every {} s instead: {}; {}", folder,
        TimeUnit.NANOSECONDS.toSeconds(FolderWatch.RESCAN_NANOS), reason, remedy);
  }

  /** Waits for one, at most so long. Tells whether there was one. */
  boolean await(long nanos) throws InterruptedException {
    if (service == null) {
      pause(nanos);
      return false;
    }
    try {
      WatchKey signalled = service.poll(nanos, TimeUnit.NANOSECONDS);
      if (signalled != null) {
        signalled.pollEvents();
        signalled.reset();
      }
      return signalled != null;
    } catch (ClosedWatchServiceException e) {
      key = null;
      return true;
    }
  }

  static void pause(long nanos) throws InterruptedException {
    long end = System.nanoTime() + nanos;
    for (long left = nanos; left > 0 && !Thread.currentThread().isInterrupted(); left = end - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
  }

  @Override
  public void close() {
    key = null;
    if (service != null) {
      try {
        service.close();
      } catch (IOException e) {
        LOG.debug("closing the notices of {}", folder, e);
      }
      service = null;
    }
  }
}
