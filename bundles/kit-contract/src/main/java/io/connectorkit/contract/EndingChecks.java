package io.connectorkit.contract;

import io.connectorkit.api.BatchSource;
import io.connectorkit.api.Discovers;
import io.connectorkit.api.Reads;
import io.connectorkit.api.TableInfo;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.arrow.vector.ipc.ArrowReader;

/** How reads end, and what they leave. */
final class EndingChecks {

  private static final long CANCELLED_MILLIS = 1_000;
  private static final int REPEATED = 3;

  private EndingChecks() {}

  static List<Check> all() {
    return List.of(
        new Check("end-of-stream-stays", "a reader that has come to its end says so again when it is asked again",
            "readers are composed, and who asks twice must not get rows twice", "keep the end in the reader", EndingChecks::endStays),
        new Check("close-works-early", "a reader can be closed before its first batch and in the middle, and gives its memory back",
            "the host gives reads up: after errors, at limits, when it stops", "release in closeReadSource() whatever was opened, however far it came",
            EndingChecks::closeEarly),
        new Check("close-works-twice", "a reader can be closed a second time", "whoever cleans up after an error cannot know who has done so before",
            "do nothing the second time", EndingChecks::closeTwice),
        new Check("read-is-cancelled-in-a-second", "a read that is cancelled and interrupted ends within a second, with an error or without",
            "an operator who removes a connector, and a host that stops, wait for it",
            "look at context.cancellation() between pages, and do not swallow interrupts", EndingChecks::cancelledRead),
        new Check("discovery-is-cancelled-in-a-second", "discover() that is cancelled and interrupted ends within a second",
            "an operator who removes a connector, and a host that stops, wait for it",
            "look at context.cancellation() between requests, and do not swallow interrupts", EndingChecks::cancelledDiscovery),
        new Check("memory-is-released", "a table read to its end leaves no Arrow memory behind", "it is never given back, and the host runs for months",
            "close every vector and root that the connector allocates itself", EndingChecks::memory),
        new Check("threads-end", "reads leave no threads behind",
            "each one keeps the class loader of an undeployed bundle",
            "use what the context offers, or end in closeReadSource() what the read has started", EndingChecks::threads));
  }

  /** Does something with the reader of each table; a query's reader is DuckDB's. */
  private interface ReaderBody {
    void look(TableInfo table, ArrowReader reader) throws Exception;
  }

  private static void eachReader(Trial trial, ReaderBody body) throws Exception {
    trial.eachTable((table, sample) -> {
      if (!(sample.source instanceof BatchSource.Batches)) {
        throw new NotApplicable("a query, which DuckDB reads");
      }
      try {
        trial.calls().with(probe -> {
          body.look(table, open(trial, ProbeRequest.all(table), probe));
          return null;
        });
      } catch (Calls.Leak e) {
        // That is what memory-is-released and close-works-early are about.
      }
    });
  }

  static ArrowReader open(Trial trial, ProbeRequest request, ConnectorProbe probe) {
    return ((BatchSource.Batches) ((Reads) trial.calls().connector()).read(request.in(probe.context()))).reader();
  }

  private static void endStays(Trial trial) throws Exception {
    eachReader(trial, (table, reader) -> {
      try (reader) {
        if (!trial.sample(table).complete) {
          throw new NotApplicable("too large to be read to its end");
        }
        while (reader.loadNextBatch()) {
          continue;
        }
        if (reader.loadNextBatch()) {
          throw new Violation(Trial.in(table) + "after its end the reader has another batch of " + reader.getVectorSchemaRoot().getRowCount() + " rows");
        }
      }
    });
  }

  private static void closeEarly(Trial trial) throws Exception {
    trial.eachTable((table, sample) -> {
      if (!(sample.source instanceof BatchSource.Batches) || !sample.leak.isEmpty()) {
        throw new NotApplicable(sample.leak.isEmpty() ? "a query, which DuckDB reads" : "see memory-is-released");
      }
      for (int batches = 0; batches < 2; batches++) {
        String when = batches == 0 ? "closed before its first batch" : "closed after its first batch";
        closedAfter(trial, table, batches, when);
      }
    });
  }

  private static void closedAfter(Trial trial, TableInfo table, int batches, String when) throws Exception {
    try {
      trial.calls().with(probe -> {
        ArrowReader reader = open(trial, ProbeRequest.all(table).batches(1), probe);
        if (batches > 0) {
          reader.loadNextBatch();
        }
        try {
          reader.close();
        } catch (Exception e) {
          throw new Violation(Trial.in(table) + when + " it fails: " + Words.failure(e));
        }
        return null;
      });
    } catch (Calls.Leak e) {
      throw new Violation(Trial.in(table) + when + " it keeps Arrow memory: " + Words.quoted(e.getMessage()));
    }
  }

  private static void closeTwice(Trial trial) throws Exception {
    eachReader(trial, (table, reader) -> {
      reader.loadNextBatch();
      reader.close();
      try {
        reader.close();
      } catch (Exception e) {
        throw new Violation(Trial.in(table) + "closed a second time it fails: " + Words.failure(e));
      }
    });
  }

  private static void cancelledRead(Trial trial) throws Exception {
    trial.eachTable((table, sample) -> {
      if (!(sample.source instanceof BatchSource.Batches)) {
        throw new NotApplicable("a query, which DuckDB reads");
      }
      notLonger(trial, Trial.in(table) + "a read", (probe, ready) -> {
        try (ArrowReader reader = open(trial, ProbeRequest.all(table).batches(1), probe)) {
          boolean more = reader.loadNextBatch();
          ready.run();
          while (more) {
            more = reader.loadNextBatch();
          }
        }
      });
    });
  }

  private static void cancelledDiscovery(Trial trial) throws Exception {
    trial.tables();
    notLonger(trial, "discover()", (probe, ready) -> {
      ready.run();
      ((Discovers) trial.calls().connector()).discover(probe.context());
    });
  }

  /** Work that says when it can be cancelled. */
  private interface Cancelled {
    void work(ConnectorProbe probe, Runnable ready) throws Exception;
  }

  /** Work that others can tell when to cancel. */
  interface Waiting {
    void work(ConnectorProbe probe) throws Exception;
  }

  /** Cancelled in the middle of something, and cancelled before it goes on. */
  private static void notLonger(Trial trial, String what, Cancelled work) throws Exception {
    for (boolean before : new boolean[] {false, true}) {
      CountDownLatch begun = new CountDownLatch(1);
      CompletableFuture<Void> cancelled = before ? new CompletableFuture<>() : CompletableFuture.completedFuture(null);
      notLonger(trial, trial.calls().open(), what, begun, cancelled, probe -> work.work(probe, () -> {
        begun.countDown();
        // Unlike get() it lets the interrupt be.
        cancelled.join();
      }));
    }
  }

  /** Cancelled when a latch says so. */
  static void notLonger(Trial trial, ConnectorProbe probe, String what, CountDownLatch begun, Waiting work) throws Exception {
    notLonger(trial, probe, what, begun, CompletableFuture.completedFuture(null), work);
  }

  private static void notLonger(Trial trial, ConnectorProbe probe, String what, CountDownLatch begun, CompletableFuture<Void> cancelled,
      Waiting work) throws Exception {
    Thread thread = new Thread(() -> {
      try {
        trial.subject().surroundings().call(() -> {
          work.work(probe);
          return null;
        });
      } catch (Throwable e) {
        trial.heard().failure(e);
      } finally {
        begun.countDown();
      }
    }, "kit-contract-cancelled");
    thread.setDaemon(true);
    thread.start();
    if (!begun.await(trial.limits().call().toMillis(), TimeUnit.MILLISECONDS)) {
      throw new TimeoutException();
    }
    long start = System.nanoTime();
    probe.cancel();
    thread.interrupt();
    cancelled.complete(null);
    thread.join(5 * CANCELLED_MILLIS);
    long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
    if (millis > CANCELLED_MILLIS) {
      throw new Violation(what + " that is cancelled goes on for " + (thread.isAlive() ? "more than 5" : millis / 1000.0) + " s; one second is allowed");
    }
    Calls.closeQuietly(probe);
  }

  private static void memory(Trial trial) throws Exception {
    trial.eachTable((table, sample) -> {
      if (!sample.leak.isEmpty()) {
        throw new Violation(Trial.in(table) + "it keeps Arrow memory: " + Words.quoted(sample.leak));
      }
    });
  }

  /** Counts, since a fake server has threads of its own in the same process, and may keep them. */
  private static void threads(Trial trial) throws Exception {
    for (TableInfo table : trial.readable().stream().limit(REPEATED).toList()) {
      Set<Thread> before = Threads.live();
      for (int i = 0; i < REPEATED; i++) {
        trial.calls().read(ProbeRequest.all(table));
      }
      List<Thread> left = Threads.leftSince(before);
      if (left.size() >= REPEATED) {
        throw new Violation(Trial.in(table) + REPEATED + " reads leave " + left.size() + " threads behind, for instance '" + left.get(0).getName() + "'");
      }
    }
  }
}
