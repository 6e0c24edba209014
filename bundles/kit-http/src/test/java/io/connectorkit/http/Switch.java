package io.connectorkit.http;

import io.connectorkit.api.Cancellation;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A cancellation for tests. */
final class Switch implements Cancellation {

  private final List<Runnable> actions = new CopyOnWriteArrayList<>();
  private volatile boolean cancelled;

  @Override
  public boolean cancelled() {
    return cancelled;
  }

  @Override
  public void onCancel(Runnable action) {
    actions.add(action);
  }

  void cancel() {
    cancelled = true;
    actions.forEach(Runnable::run);
  }
}
