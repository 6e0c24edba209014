package io.connectorkit.runtime.internal.extract;

import io.connectorkit.runtime.internal.isolation.Tccl;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;

/**
 * A call of a connector on a thread of its own, since it may never return. Whoever waits for it is let go by an interrupt; the call hears of
 * it, and if it does not end, is left to itself.
 */
public final class ConnectorCall {

  private static final long PATIENCE_MILLIS = 2000;

  private ConnectorCall() {}

  /**
   * Calls, and waits.
   *
   * @param late gets an answer that nobody waits for any more
   * @throws InterruptedException if it was given up
   */
  public static <T> T of(String thread, ClassLoader loader, Callable<T> call, Consumer<T> late) throws Exception {
    CompletableFuture<T> answer = new CompletableFuture<>();
    Thread caller = new NamedThreads(thread).newThread(() -> answer(loader, call, answer, late));
    caller.start();
    try {
      return answer.get();
    } catch (InterruptedException e) {
      caller.interrupt();
      giveUp(caller, answer, late, e);
      throw e;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw e.getCause() instanceof Exception own ? own : e;
    }
  }

  private static <T> void answer(ClassLoader loader, Callable<T> call, CompletableFuture<T> answer, Consumer<T> late) {
    try {
      T result = Tccl.call(loader, call);
      if (!answer.complete(result)) {
        late.accept(result);
      }
    } catch (Throwable e) {
      answer.completeExceptionally(e);
    }
  }

  private static <T> void giveUp(Thread caller, CompletableFuture<T> answer, Consumer<T> late, InterruptedException reason)
      throws InterruptedException {
    try {
      caller.join(PATIENCE_MILLIS);
    } finally {
      if (!answer.completeExceptionally(reason) && !answer.isCompletedExceptionally()) {
        late.accept(answer.join());
      }
    }
  }
}
