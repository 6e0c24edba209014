package io.connectorkit.runtime.internal.registry;

import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has something done on a thread after changes. The first change is answered at once; many come together when many bundles start, and one
 * answer now and then will do for those.
 */
public final class Coalescer implements Runnable {

  private static final Logger LOG = LoggerFactory.getLogger(Coalescer.class);
  private static final long INTERVAL_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  private final ScheduledExecutorService thread;
  private final Runnable work;
  private final AtomicBoolean pending = new AtomicBoolean();
  private volatile long last = System.nanoTime() - INTERVAL_NANOS;

  public Coalescer(ScheduledExecutorService thread, Runnable work) {
    this.thread = thread;
    this.work = work;
  }

  /** There was a change. */
  @Override
  public void run() {
    if (pending.getAndSet(true)) {
      return;
    }
    try {
      thread.schedule(this::work, Math.max(0, last + INTERVAL_NANOS - System.nanoTime()), TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException e) {
      LOG.debug("stopping", e);
    }
  }

  private void work() {
    pending.set(false);
    last = System.nanoTime();
    work.run();
  }
}
