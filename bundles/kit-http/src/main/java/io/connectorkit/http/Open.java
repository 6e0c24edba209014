package io.connectorkit.http;

import io.connectorkit.api.Cancellation;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** What is open during one call of a connector, to be ended with it. Safe from any thread. */
final class Open {

  private final Set<Runnable> ends = ConcurrentHashMap.newKeySet();
  private final CountDownLatch over = new CountDownLatch(1);

  Open(Cancellation cancellation) {
    cancellation.onCancel(this::end);
  }

  /** Ends all that is open, and what is opened later. */
  void end() {
    over.countDown();
    ends.forEach(Runnable::run);
  }

  /** Has something ended with the call; the same object ends that. */
  void add(Runnable end) {
    ends.add(end);
    if (over.getCount() == 0) {
      end.run();
      throw cancelled();
    }
  }

  void remove(Runnable end) {
    ends.remove(end);
  }

  /** Waits, unless the call ends meanwhile. */
  void await(long nanos) {
    try {
      if (over.await(nanos, TimeUnit.NANOSECONDS)) {
        throw cancelled();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw cancelled();
    }
  }

  void check() {
    await(0);
  }

  private static CancellationException cancelled() {
    return new CancellationException("cancelled by the host");
  }
}
