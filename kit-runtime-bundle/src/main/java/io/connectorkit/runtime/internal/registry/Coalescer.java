package io.connectorkit.runtime.internal.registry;

import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has something done on a thread after changes. The first change is answered at once; many come together when many bundles start, and one
 * answer now and then will do for those. An answer that takes long with many instances is given the less often.
 */
public final class Coalescer implements Runnable {

  private static final Logger LOG = LoggerFactory.getLogger(Coalescer.class);
  private static final long INTERVAL_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
  /** How much longer than an answer takes there is none. */
  private static final int SHARE = 5;
  private static final long LONGEST_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

  private final ScheduledExecutorService thread;
  private final Runnable work;
  private boolean pending;
  private boolean working;
  private long next = System.nanoTime();

  public Coalescer(ScheduledExecutorService thread, Runnable work) {
    this.thread = thread;
    this.work = work;
  }

  /** There was a change. */
  @Override
  public synchronized void run() {
    boolean first = !pending;
    pending = true;
    if (first && !working) {
      schedule();
    }
  }

  private void schedule() {
    try {
      thread.schedule(this::work, Math.max(0, next - System.nanoTime()), TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException e) {
      LOG.debug("stopping", e);
    }
  }

  private void work() {
    long begun = System.nanoTime();
    turn(true, begun);
    try {
      work.run();
    } finally {
      turn(false, begun);
    }
  }

  /** A change that comes during an answer gets its own afterwards. */
  private synchronized void turn(boolean begins, long begun) {
    working = begins;
    if (begins) {
      pending = false;
      return;
    }
    long end = System.nanoTime();
    next = Math.max(begun + INTERVAL_NANOS, end + Math.min(SHARE * (end - begun), LONGEST_NANOS));
    if (pending) {
      schedule();
    }
  }
}
