package io.connectorkit.deployer.internal.watch;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The thread behind a {@link FolderWatch}. */
public final class WatchThread implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(WatchThread.class);

  private final FolderWatch watch;
  private final boolean forever;
  private final CompletableFuture<Void> firstScan;
  private final Thread thread;

  /**
   * Starts the thread.
   *
   * @param forever false to end after the first scan
   * @param firstScan completed after it
   */
  public WatchThread(String name, FolderWatch watch, boolean forever, CompletableFuture<Void> firstScan) {
    this.watch = watch;
    this.forever = forever;
    this.firstScan = firstScan;
    this.thread = new Thread(this::work, name);
    thread.setDaemon(true);
    thread.start();
  }

  private void work() {
    try {
      attempt(watch::settle);
      firstScan.complete(null);
      while (forever) {
        attempt(watch::run);
        // Reached after a fault only, which may be there again at once.
        Notices.pause(FolderWatch.RESCAN_NANOS);
      }
    } catch (InterruptedException e) {
      LOG.debug("stopped");
    } finally {
      firstScan.complete(null);
    }
  }

  /** Part of a watch. */
  @FunctionalInterface
  private interface Step {
    void run() throws InterruptedException;
  }

  /** What goes wrong here, such as memory that is short for once, is no reason to be blind for the rest of the year. */
  private static void attempt(Step step) throws InterruptedException {
    try {
      step.run();
    } catch (RuntimeException | Error e) {
      LOG.error("KIT-9003 watching a folder failed; it goes on", e);
    }
  }

  @Override
  public void close() {
    thread.interrupt();
    try {
      thread.join(TimeUnit.SECONDS.toMillis(15));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    watch.close();
  }
}
