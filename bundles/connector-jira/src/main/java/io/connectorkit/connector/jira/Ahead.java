package io.connectorkit.connector.jira;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Queue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.function.Function;

/** What is made of each item, in order, while several threads work at the next ones. For one thread; what is left over ends with the call. */
final class Ahead<T, R> implements Iterator<R> {

  /** Enough for the threads to work at while the next page comes. */
  private static final int PER_THREAD = 12;

  private final Iterator<T> items;
  private final Function<T, R> work;
  private final Executor executor;
  private final Queue<CompletableFuture<R>> results = new ArrayDeque<>();
  /** What each of the threads does last. */
  private final CompletableFuture<?>[] lanes;
  private int count;

  Ahead(Iterator<T> items, Function<T, R> work, Executor executor, int threads) {
    this.items = items;
    this.work = work;
    this.executor = executor;
    this.lanes = new CompletableFuture<?>[threads];
    Arrays.fill(lanes, CompletableFuture.completedFuture(null));
  }

  @Override
  public boolean hasNext() {
    while (results.size() < lanes.length * PER_THREAD && items.hasNext()) {
      T item = items.next();
      int lane = count++ % lanes.length;
      CompletableFuture<R> result = lanes[lane].handleAsync((before, failure) -> work.apply(item), executor);
      lanes[lane] = result;
      results.add(result);
    }
    return !results.isEmpty();
  }

  @Override
  public R next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    try {
      return results.remove().get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted while waiting for the source");
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException own ? own : new IllegalStateException(e.getCause());
    }
  }
}
