package io.connectorkit.runtime.internal.extract;

import io.connectorkit.api.Cancellation;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one switch that ends a run. */
public final class RunCancellation implements Cancellation {

  private static final Logger LOG = LoggerFactory.getLogger(RunCancellation.class);

  private final List<Runnable> actions = new ArrayList<>();
  private volatile boolean cancelled;

  @Override
  public boolean cancelled() {
    return cancelled;
  }

  @Override
  public void onCancel(Runnable action) {
    synchronized (actions) {
      if (!cancelled) {
        actions.add(action);
        return;
      }
    }
    run(action);
  }

  /** Forgets an action whose work is done. */
  void forget(Runnable action) {
    synchronized (actions) {
      actions.remove(action);
    }
  }

  /** Ends the run; the second time it does nothing. */
  public void cancel() {
    List<Runnable> due;
    synchronized (actions) {
      cancelled = true;
      due = List.copyOf(actions);
      actions.clear();
    }
    due.forEach(RunCancellation::run);
  }

  private static void run(Runnable action) {
    try {
      action.run();
    } catch (RuntimeException | LinkageError e) {
      LOG.warn("KIT-3009 an action on cancellation failed: {}", e.toString());
    }
  }
}
