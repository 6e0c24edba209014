package io.connectorkit.itests.support;

import io.connectorkit.host.RunListener;
import io.connectorkit.host.RunOrder;
import io.connectorkit.host.RunRecord;
import io.connectorkit.host.Runs;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Runs instances again and again, one after the other, on a thread of its own, and notes what went wrong. */
public final class GoodRuns implements AutoCloseable {

  private static final long PATIENCE_SECONDS = 120;

  private final Runs runs;
  private final List<String> instances;
  private final List<String> failures = new ArrayList<>();
  private final Thread thread = new Thread(this::work, "good-runs");
  private volatile boolean ended;
  private int count;
  private double slowest;

  /** Begins. */
  public GoodRuns(Runs runs, List<String> instances) {
    this.runs = runs;
    this.instances = instances;
    thread.start();
  }

  private void work() {
    while (!ended) {
      instances.forEach(this::run);
    }
  }

  private void run(String instance) {
    long begin = System.nanoTime();
    String failure = "";
    try {
      RunRecord run = runs.start(new RunOrder(instance, List.of(), "corpus"), RunListener.NONE).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
      failure = run.outcome() == RunRecord.Outcome.OK ? "" : run.toString();
    } catch (ExecutionException | InterruptedException | TimeoutException | RuntimeException e) {
      failure = instance + ": " + e;
    }
    note((System.nanoTime() - begin) / 1e9, failure);
  }

  private synchronized void note(double seconds, String failure) {
    count++;
    slowest = Math.max(slowest, seconds);
    if (!failure.isEmpty()) {
      failures.add(failure);
    }
  }

  /** Runs that were not OK. */
  public synchronized List<String> failures() {
    return List.copyOf(failures);
  }

  /** How many there were, good or not. */
  public synchronized int count() {
    return count;
  }

  /** Seconds that the slowest took. */
  public synchronized double slowest() {
    return slowest;
  }

  /** Ends after the run that goes on. */
  @Override
  public void close() throws InterruptedException {
    ended = true;
    thread.join(TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS));
  }
}
