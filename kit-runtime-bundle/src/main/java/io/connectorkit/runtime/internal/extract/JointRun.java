package io.connectorkit.runtime.internal.extract;

import io.connectorkit.api.ReadRequest;
import io.connectorkit.api.ReadsTogether;
import io.connectorkit.api.TableInfo;
import io.connectorkit.api.Watermark;
import io.connectorkit.host.KitException;
import io.connectorkit.runtime.internal.config.Strategy;
import io.connectorkit.runtime.internal.increment.JointPlan;
import io.connectorkit.runtime.internal.increment.ReadPlan;
import io.connectorkit.runtime.internal.registry.Instance;
import io.connectorkit.runtime.internal.store.TableRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.arrow.memory.BufferAllocator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The tables of a run that one walk over the source feeds: what becomes of a table is its own affair, what becomes of the walk is all of theirs. */
final class JointRun {

  private static final Logger LOG = LoggerFactory.getLogger(JointRun.class);
  private static final int PATIENCE_SECONDS = 15;

  private final Engine engine;
  private final Instance instance;
  private final TableRun tableRun;
  private final RunCancellation cancellation;
  private final Listeners listeners;
  private final BufferAllocator memory;

  JointRun(Engine engine, Instance instance, TableRun tableRun, RunCancellation cancellation, Listeners listeners, BufferAllocator memory) {
    this.engine = engine;
    this.instance = instance;
    this.tableRun = tableRun;
    this.cancellation = cancellation;
    this.listeners = listeners;
    this.memory = memory;
  }

  /** A table of the walk. */
  private record Part(TableRun.Work work, ChangeFeed feed) {}

  /** What became of a walk: its failure, or null, and that of each table. */
  private record Walked(Throwable failure, List<TableRun.Result> results) {}

  List<TableRun.Result> extract(List<TableInfo> tables) throws InterruptedException {
    Instant start = Instant.now();
    for (int attempt = 0; ; attempt++) {
      Walked walked = attempt(tables, start);
      if (walked.failure() == null || attempt >= engine.retries() || !Retry.waited(walked.failure(), attempt, cancellation)) {
        walked.results().stream().map(TableRun.Result::outcome).forEach(listeners::table);
        return walked.results();
      }
      LOG.info("{}: {}; trying again", instance.name(), Redaction.clean(walked.failure(), instance));
    }
  }

  private Walked attempt(List<TableInfo> tables, Instant start) throws InterruptedException {
    List<TableRun.Result> results = new ArrayList<>();
    Map<String, ReadPlan> plans = new TreeMap<>();
    for (TableInfo table : tables) {
      try {
        ReadPlan.requireFreeNames(table);
        plans.put(table.viewName(), tableRun.plan(table, start));
      } catch (KitException e) {
        results.add(tableRun.failed(table, start, e));
      }
    }
    Map<String, ReadPlan> together = JointPlan.of(plans);
    List<Part> parts = new ArrayList<>();
    for (TableInfo table : tables) {
      if (together.containsKey(table.viewName())) {
        try {
          TableRun.Work work = tableRun.work(table, together.get(table.viewName()), true, start);
          parts.add(new Part(work, new ChangeFeed(new ChangeRows(table, work.publishable().columns()))));
        } catch (KitException e) {
          results.add(tableRun.failed(table, start, e));
        }
      }
    }
    if (parts.isEmpty()) {
      return new Walked(null, results);
    }
    ExecutorService threads = Executors.newFixedThreadPool(parts.size(), new NamedThreads("kit-run-" + instance.name()));
    try {
      List<Future<TableRun.Result>> futures = new ArrayList<>();
      for (Part part : parts) {
        futures.add(threads.submit(() -> table(part)));
      }
      AtomicReference<Watermark> end = new AtomicReference<>();
      Throwable failure = walk(parts, end);
      List<TableRun.Result> walked = new ArrayList<>();
      for (int i = 0; i < parts.size(); i++) {
        walked.add(result(parts.get(i), futures.get(i)));
      }
      results.addAll(end.get() == null ? withWatermark(parts, walked) : walked);
      return new Walked(failure, results);
    } finally {
      threads.shutdownNow();
    }
  }

  private TableRun.Result table(Part part) {
    try {
      return tableRun.attempt(part.work(), part.feed());
    } catch (Throwable e) {
      return tableRun.failed(part.work().table(), part.work().start(), e);
    } finally {
      part.feed().close();
    }
  }

  /** The result of a table; one whose writing hangs long after the run was cancelled is not waited for. */
  private TableRun.Result result(Part part, Future<TableRun.Result> future) throws InterruptedException {
    int patience = PATIENCE_SECONDS;
    while (patience > 0) {
      try {
        return future.get(1, TimeUnit.SECONDS);
      } catch (TimeoutException e) {
        patience -= cancellation.cancelled() ? 1 : 0;
      } catch (ExecutionException e) {
        return tableRun.failed(part.work().table(), part.work().start(), e.getCause());
      }
    }
    return tableRun.failed(part.work().table(), part.work().start(), new CancellationException("cancelled by the host"));
  }

  /** Has the connector walk, and brings the tables to their end; tells what it failed of, or null. */
  private Throwable walk(List<Part> parts, AtomicReference<Watermark> end) {
    try {
      end.set(walk(parts));
      for (Part part : parts) {
        part.feed().end(end.get());
      }
      return null;
    } catch (Exception | LinkageError | StackOverflowError | OutOfMemoryError e) {
      parts.stream().map(Part::feed).filter(ChangeFeed::open).forEach(feed -> feed.fail(e));
      return e;
    }
  }

  private Watermark walk(List<Part> parts) throws Exception {
    ReadsTogether connector = (ReadsTogether) instance.connector();
    BufferAllocator allocator = memory.newChildAllocator(instance.name() + " walk", 0, memory.getLimit());
    RunCancellation own = new RunCancellation();
    Thread thread = Thread.currentThread();
    AtomicReference<KitException> late = new AtomicReference<>();
    Runnable cancel = () -> {
      own.cancel();
      thread.interrupt();
    };
    AtomicReference<JointWalk> walking = new AtomicReference<>();
    try (CallContext context = new CallContext(instance, allocator, engine.duckDb(), own, engine.scopes(), (done, expected) -> {
      walking.get().alive();
      parts.forEach(part -> listeners.work(part.work().table().viewName(), done, expected));
    })) {
      JointWalk walk = walk(parts, context);
      walking.set(walk);
      ScheduledFuture<?> watch = engine.watch(() -> {
        KitException reason = walk.late(engine.limits());
        if (reason != null && late.compareAndSet(null, reason)) {
          cancel.run();
        }
      });
      cancellation.onCancel(cancel);
      try {
        ConnectorCall.of("kit-walk-" + instance.name(), connector.getClass().getClassLoader(), () -> {
          connector.readTogether(walk);
          return null;
        }, none -> {});
        engine.trail(instance.name()).reached("walk.done");
        return walk.end();
      } finally {
        cancellation.forget(cancel);
        watch.cancel(false);
        // Whatever interrupted this thread is not meant for what it does next.
        Thread.interrupted();
      }
    } catch (Exception e) {
      throw late.get() == null ? e : late.get();
    } finally {
      TableRead.close(allocator, instance, "walk");
    }
  }

  private JointWalk walk(List<Part> parts, CallContext context) {
    List<ReadRequest> requests = new ArrayList<>();
    Map<String, ChangeFeed> feeds = new HashMap<>();
    for (Part part : parts) {
      TableInfo table = part.work().table();
      feeds.put(table.sourceId(), part.feed());
      requests.add(part.work().request(context, engine.batchSize()));
    }
    List<Watermark> lower = parts.stream().flatMap(part -> part.work().plan().lower().stream()).toList();
    return new JointWalk(context, requests, feeds, JointPlan.lowest(lower));
  }

  /** Tables without an incremental column get the watermark of those that have one: their rows come with them. */
  private static List<TableRun.Result> withWatermark(List<Part> parts, List<TableRun.Result> results) {
    List<Watermark> reached = new ArrayList<>();
    for (int i = 0; i < parts.size(); i++) {
      TableRecord record = results.get(i).record();
      if (record != null && parts.get(i).work().table().incrementalColumn().isPresent()) {
        record.state().watermark().ifPresent(reached::add);
      }
    }
    Optional<Watermark> lowest = reached.isEmpty() ? Optional.empty() : JointPlan.lowest(reached);
    List<TableRun.Result> all = new ArrayList<>();
    for (int i = 0; i < parts.size(); i++) {
      boolean follows = parts.get(i).work().table().incrementalColumn().isEmpty() && parts.get(i).work().plan().strategy() != Strategy.REPLACE;
      all.add(follows && lowest.isPresent() && results.get(i).record() != null ? results.get(i).at(lowest.get()) : results.get(i));
    }
    return all;
  }
}
