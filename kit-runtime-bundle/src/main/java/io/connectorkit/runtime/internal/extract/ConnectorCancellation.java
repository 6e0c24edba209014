package io.connectorkit.runtime.internal.extract;

import io.connectorkit.api.Cancellation;
import io.connectorkit.runtime.internal.isolation.Tccl;
import io.connectorkit.runtime.internal.registry.Instance;

/**
 * A cancellation as the connector sees it. Its actions run on threads of their own: whoever cancels watches over others as well, and shall
 * not hang with one of them.
 */
record ConnectorCancellation(RunCancellation own, Instance instance) implements Cancellation {

  @Override
  public boolean cancelled() {
    return own.cancelled();
  }

  @Override
  public void onCancel(Runnable action) {
    own.onCancel(() -> new NamedThreads("kit-cancel-" + instance.name()).newThread(() -> RunCancellation.run(() -> call(action))).start());
  }

  private void call(Runnable action) {
    try {
      Tccl.call(instance.connector().getClass().getClassLoader(), () -> {
        action.run();
        return null;
      });
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
