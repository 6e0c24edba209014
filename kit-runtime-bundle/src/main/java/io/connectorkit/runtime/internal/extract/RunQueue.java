package io.connectorkit.runtime.internal.extract;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/**
 * Runs that wait for their turn: who comes first is served first, but an instance has one run at a time, a connector and the host a bounded
 * number, and a bundle that is held none. Each run has a thread of its own, which ends with it: whatever a connector's code leaves in it
 * goes as well.
 */
final class RunQueue {

  /**
   * A run.
   *
   * @param afterwards done once the next run of the instance may begin
   */
  record Entry(String instance, long bundle, Runnable work, Runnable afterwards) {}

  private final int parallel;
  private final int parallelOfBundle;
  private final Deque<Entry> waiting = new ArrayDeque<>();
  private final List<Entry> running = new ArrayList<>();
  private final Map<Long, Integer> held = new HashMap<>();
  private boolean closed;

  RunQueue(int parallel, int parallelOfBundle) {
    this.parallel = parallel;
    this.parallelOfBundle = parallelOfBundle;
  }

  synchronized void submit(Entry entry) {
    waiting.add(entry);
    dispatch();
  }

  /** Lets no run of a bundle begin until it is released as often as it was held. */
  synchronized void hold(long bundle) {
    held.merge(bundle, 1, Integer::sum);
  }

  synchronized void release(long bundle) {
    held.computeIfPresent(bundle, (id, times) -> times == 1 ? null : times - 1);
    dispatch();
  }

  /** Whether a run of the instance waits. */
  synchronized boolean waits(String instance) {
    return waiting.stream().anyMatch(entry -> entry.instance().equals(instance));
  }

  /** Whether a run of the instance has its turn; its thread may be about to begin. */
  synchronized boolean runs(String instance) {
    return running.stream().anyMatch(entry -> entry.instance().equals(instance));
  }

  /** Begins no further run. */
  synchronized void close() {
    closed = true;
    waiting.clear();
  }

  private void dispatch() {
    for (Iterator<Entry> entries = waiting.iterator(); entries.hasNext() && running.size() < parallel && !closed;) {
      Entry entry = entries.next();
      if (mayRun(entry)) {
        entries.remove();
        running.add(entry);
        Thread thread = new Thread(NamedThreads.mainGroup(), () -> run(entry), "kit-run-" + entry.instance());
        thread.setDaemon(true);
        thread.start();
      }
    }
  }

  private boolean mayRun(Entry entry) {
    return !held.containsKey(entry.bundle()) && running.stream().noneMatch(other -> other.instance().equals(entry.instance()))
        && running.stream().filter(other -> other.bundle() == entry.bundle()).count() < parallelOfBundle;
  }

  private void run(Entry entry) {
    try {
      entry.work().run();
    } finally {
      ended(entry);
      entry.afterwards().run();
    }
  }

  private synchronized void ended(Entry entry) {
    running.remove(entry);
    dispatch();
  }
}
