package io.connectorkit.runtime.internal.extract;

import io.connectorkit.api.Cancellation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one switch that ends a run, or one of its tables. */
public final class RunCancellation implements Cancellation, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(RunCancellation.class);

  private final List<Runnable> actions = new ArrayList<>();
  private final CountDownLatch cancelled = new CountDownLatch(1);

  @Override
  public boolean cancelled() {
    return cancelled.getCount() == 0;
  }

  /** Waits; ends early, and answers true, if it is cancelled. */
  public boolean await(Duration time) throws InterruptedException {
    return cancelled.await(time.toMillis(), TimeUnit.MILLISECONDS);
  }

  @Override
  public void onCancel(Runnable action) {
    synchronized (actions) {
      if (!cancelled()) {
        actions.add(action);
        return;
      }
    }
    run(action);
  }

  /** Forgets an action whose work is done. */
  public void forget(Runnable action) {
    synchronized (actions) {
      actions.remove(action);
    }
  }

  /** Ends the run; the second time it does nothing. */
  public void cancel() {
    List<Runnable> due;
    synchronized (actions) {
      cancelled.countDown();
      due = List.copyOf(actions);
      actions.clear();
    }
    due.forEach(RunCancellation::run);
  }

  /** Forgets all actions: what they would end is over. */
  @Override
  public void close() {
    synchronized (actions) {
      actions.clear();
    }
  }

  static void run(Runnable action) {
    try {
      action.run();
    } catch (RuntimeException | LinkageError e) {
      LOG.warn("KIT-3009 an action on cancellation failed: {}", e.getClass().getName());
    }
  }
}
