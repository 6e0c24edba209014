package io.connectorkit.deployer.internal;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The thread behind a {@link FolderWatch}. */
final class WatchThread implements AutoCloseable {

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
  WatchThread(String name, FolderWatch watch, boolean forever, CompletableFuture<Void> firstScan) {
    this.watch = watch;
    this.forever = forever;
    this.firstScan = firstScan;
    this.thread = new Thread(this::work, name);
    thread.setDaemon(true);
    thread.start();
  }

  private void work() {
    try {
      watch.settle();
      firstScan.complete(null);
      if (forever) {
        watch.run();
      }
    } catch (InterruptedException e) {
      LOG.debug("stopped");
    } catch (RuntimeException | Error e) {
      LOG.error("KIT-9003 the folder is no longer watched; restart the host", e);
      throw e;
    } finally {
      firstScan.complete(null);
    }
  }

  @Override
  public void close() {
    thread.interrupt();
    try {
      thread.join(TimeUnit.SECONDS.toMillis(15));
      watch.close();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      LOG.debug("closing the watch", e);
    }
  }
}
