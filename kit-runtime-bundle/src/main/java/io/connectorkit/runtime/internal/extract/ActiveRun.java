package io.connectorkit.runtime.internal.extract;

import io.connectorkit.runtime.internal.registry.Instance;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A run, or other work with a connector, that has begun. */
final class ActiveRun {

  private final Instance instance;
  private final RunCancellation cancellation;
  /** Ends with the run's last action, also where nobody waits for its result any more. */
  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile boolean again;

  ActiveRun(Instance instance, RunCancellation cancellation) {
    this.instance = instance;
    this.cancellation = cancellation;
  }

  Instance instance() {
    return instance;
  }

  RunCancellation cancellation() {
    return cancellation;
  }

  void cancel() {
    cancellation.cancel();
  }

  /** If it is cancelled from now on, its order is executed once more: it made way for somebody. */
  void repeat() {
    again = true;
  }

  boolean again() {
    return again;
  }

  void end() {
    ended.countDown();
  }

  /** Waits for its end; false if the time ran out. */
  boolean await(Duration patience) {
    try {
      return ended.await(patience.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
