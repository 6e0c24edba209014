package io.connectorkit.runtime.internal.extract;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A call of a connector on a thread of its own that may last so long and no longer: its answer may never come. */
public final class LimitedCall {

  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private LimitedCall() {}

  /**
   * Calls, and waits.
   *
   * @param thread its name
   * @param limit zero for none
   * @throws TimeoutException if it takes longer, or does not end although it is cancelled
   * @throws ExecutionException around what the call throws
   */
  public static <T> T of(String thread, Callable<T> call, Duration limit, RunCancellation cancellation)
      throws InterruptedException, ExecutionException, TimeoutException {
    FutureTask<T> answer = new FutureTask<>(call);
    Thread caller = new NamedThreads(thread).newThread(answer);
    Runnable interrupt = caller::interrupt;
    cancellation.onCancel(interrupt);
    caller.start();
    try {
      return await(answer, limit, cancellation, caller);
    } catch (InterruptedException e) {
      caller.interrupt();
      throw e;
    } finally {
      cancellation.forget(interrupt);
    }
  }

  /** Waits; a connector that is told to stop, because it is late or the work is cancelled, has a moment to do so. */
  private static <T> T await(FutureTask<T> answer, Duration limit, RunCancellation cancellation, Thread thread)
      throws InterruptedException, ExecutionException, TimeoutException {
    long begin = System.nanoTime();
    while (!cancellation.cancelled()) {
      try {
        return answer.get(100, TimeUnit.MILLISECONDS);
      } catch (TimeoutException e) {
        if (Limits.exceeded(limit, System.nanoTime() - begin)) {
          thread.interrupt();
          throw e;
        }
      }
    }
    return answer.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
  }
}
