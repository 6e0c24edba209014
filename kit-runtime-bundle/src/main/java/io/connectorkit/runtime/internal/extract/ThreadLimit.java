package io.connectorkit.runtime.internal.extract;

import io.connectorkit.runtime.internal.isolation.ConnectorThread;
import io.connectorkit.runtime.internal.registry.Instance;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/** Ends a run whose connector has more threads than it may have: those are interrupted, and nobody else's run is. */
public final class ThreadLimit implements Runnable {

  private final Instance instance;
  private final int limit;
  private final RunCancellation cancellation;
  private final AtomicReference<String> exceeded = new AtomicReference<>("");

  /** Zero stands for no limit. */
  public ThreadLimit(Instance instance, int limit, RunCancellation cancellation) {
    this.instance = instance;
    this.limit = limit;
    this.cancellation = cancellation;
  }

  @Override
  public void run() {
    if (limit == 0) {
      return;
    }
    List<Thread> threads = ConnectorThread.own(instance.connector().getClass().getClassLoader());
    if (threads.size() > limit && exceeded.compareAndSet("", "KIT-3030 connector '" + instance.declaration().name() + "' has " + threads.size()
        + " threads where " + limit + " are allowed; its run is ended; use fewer, or raise connector.threads")) {
      threads.forEach(Thread::interrupt);
      cancellation.cancel();
    }
  }

  /** Why the run was ended; empty if it was not. */
  public String exceeded() {
    return exceeded.get();
  }
}
