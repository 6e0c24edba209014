package io.connectorkit.runtime.internal.extract;

import io.connectorkit.api.AttachesRemote;
import io.connectorkit.api.Capability;
import io.connectorkit.api.Reads;
import io.connectorkit.api.ReadsTogether;
import io.connectorkit.api.RemoteAttach;
import io.connectorkit.api.TableInfo;
import io.connectorkit.host.KitException;
import io.connectorkit.host.RunOrder;
import io.connectorkit.host.RunRecord;
import io.connectorkit.host.TableOutcome;
import io.connectorkit.host.TableOutcome.Outcome;
import io.connectorkit.runtime.internal.registry.Instance;
import io.connectorkit.runtime.internal.remote.RemoteBasis;
import io.connectorkit.runtime.internal.store.ExtractContent;
import io.connectorkit.runtime.internal.store.ExtractLock;
import io.connectorkit.runtime.internal.store.ExtractStore;
import io.connectorkit.runtime.internal.store.RemoteTable;
import io.connectorkit.runtime.internal.store.RunEntry;
import io.connectorkit.runtime.internal.store.TableRecord;
import io.connectorkit.runtime.internal.store.Trail;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.apache.arrow.memory.BufferAllocator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One run: starts from the last extract, replaces the tables that it finishes, and publishes once. */
final class Extraction {

  private static final Logger LOG = LoggerFactory.getLogger(Extraction.class);
  private static final int PATIENCE_SECONDS = 15;

  private final Engine engine;
  private final Instance instance;
  private final RunOrder order;
  private final String run;
  private final RunCancellation cancellation;
  private final Listeners listeners;
  private final Trail trail;
  private final ThreadLimit threadLimit;
  private final InstanceScope shared;
  private final Instant start = Instant.now();

  Extraction(Engine engine, Instance instance, RunOrder order, String run, RunCancellation cancellation, Listeners listeners) {
    this.engine = engine;
    this.instance = instance;
    this.order = order;
    this.run = run;
    this.cancellation = cancellation;
    this.listeners = listeners;
    this.trail = engine.trail(instance.name());
    this.shared = new InstanceScope(instance);
    this.threadLimit = new ThreadLimit(instance, engine.connectorThreads(), cancellation);
  }

  /** Runs to the end; a failure of the run is in the record, not thrown. */
  RunRecord execute() {
    try {
      requireCapabilities();
    } catch (KitException e) {
      return record(RunRecord.Outcome.FAILED, e.getMessage(), List.of());
    }
    ExtractStore store = engine.store(instance.name());
    trail.reached("run.begun");
    try (ExtractLock lock = ExtractLock.acquire(store.paths())) {
      trail.reached("run.locked");
      try {
        return run(store);
      } finally {
        // By what is published now: a failure may have come after the commit.
        store.sweep(store.load(), engine.grace());
        trail.reached("run.cleaned");
      }
    } catch (Exception e) {
      return record(RunRecord.Outcome.FAILED, Redaction.clean(e, instance), List.of());
    }
  }

  /** Before anything is touched: a connector that cannot do this will not learn it while the run goes on. */
  private void requireCapabilities() {
    engine.discovery().requireDiscovers(instance);
    if (!(instance.connector() instanceof Reads) && !(instance.connector() instanceof AttachesRemote)) {
      throw new KitException("KIT-3008", "connector '" + instance.declaration().name() + "' cannot read tables: it declares "
          + instance.declaration().capabilities() + "; deploy one that declares read or remote as well");
    }
  }

  private RunRecord run(ExtractStore store) throws Exception {
    ExtractContent last = store.load();
    trail.reached("run.loaded");
    engine.analytics().catchUp();
    store.sweep(last, engine.grace());
    trail.reached("run.swept");
    store.requireSpace(engine.minFreeMib());
    List<TableRun.Result> results;
    ScheduledFuture<?> watch = engine.watch(threadLimit);
    BufferAllocator memory = engine.allocate(instance.name());
    try {
      results = read(store, last, memory);
    } catch (KitException e) {
      if (cancellation.cancelled()) {
        return finish(store, last, List.of());
      }
      RunRecord failed = record(RunRecord.Outcome.FAILED, Redaction.clean(e, instance), List.of());
      publish(store, last, failed, List.of());
      return failed;
    } finally {
      watch.cancel(false);
      shared.close();
      close(memory);
    }
    return finish(store, last, results);
  }

  /** A table that keeps some, or that is not waited for any more, was named for it; what it has goes on counting. */
  private static void close(BufferAllocator memory) {
    if (memory.getAllocatedMemory() == 0 && memory.getChildAllocators().isEmpty()) {
      memory.close();
    }
  }

  private RunRecord finish(ExtractStore store, ExtractContent last, List<TableRun.Result> results) {
    List<TableOutcome> outcomes = results.stream().map(TableRun.Result::outcome).toList();
    if (!threadLimit.exceeded().isEmpty()) {
      return record(RunRecord.Outcome.FAILED, threadLimit.exceeded(), outcomes);
    }
    if (cancellation.cancelled()) {
      return record(RunRecord.Outcome.CANCELLED, "cancelled", outcomes);
    }
    RunRecord record = record(overall(outcomes), "", outcomes);
    publish(store, last, record, results);
    return record;
  }

  private List<TableRun.Result> read(ExtractStore store, ExtractContent last, BufferAllocator memory) throws Exception {
    List<TableInfo> discovered = engine.discovery().discover(instance, cancellation);
    trail.reached("run.discovered");
    if (discovered.isEmpty() && !last.tables().isEmpty()) {
      throw new KitException("KIT-3012", "discovery of '" + instance.name() + "' found no table where there were " + last.tables().size()
          + "; those stay as they are; check the source's permissions");
    }
    TableChoice choice = choice(discovered, wanted());
    List<TableInfo> local = choice.tables().stream().filter(table -> mode(table) == Capability.READ).toList();
    List<TableInfo> remote = remote(choice, discovered, last);
    listeners.started(run, Stream.concat(local.stream(), remote.stream()).map(TableInfo::viewName).toList());
    Files.createDirectories(store.paths().snapshot(run, "x", "").getParent());
    trail.reached("run.folder");
    TableRun tableRun = new TableRun(engine, instance, store.paths(), last, run, order.full(), cancellation, listeners,
        memory, shared);
    List<TableRun.Result> results = new ArrayList<>(instance.connector() instanceof ReadsTogether && !local.isEmpty()
        ? new JointRun(engine, instance, tableRun, cancellation, listeners, memory).extract(local) : readAll(local, tableRun));
    trail.reached("run.read");
    if (!remote.isEmpty()) {
      new RemoteRun(engine, instance, store.paths(), run, cancellation).of(remote).forEach(result -> {
        listeners.table(result.outcome());
        results.add(result);
      });
    }
    choice.refused().forEach((table, reason) -> {
      TableOutcome outcome = TableOutcome.unpublished(table, Outcome.FAILED, 0, reason);
      listeners.table(outcome);
      results.add(new TableRun.Result(outcome, null));
    });
    return results;
  }

  private TableChoice choice(List<TableInfo> discovered, List<String> wanted) {
    return TableChoice.of(discovered, wanted, instance.declaration().capabilities(), this::mode);
  }

  private Capability mode(TableInfo table) {
    return instance.config().file().options(table).wanted(table);
  }

  /** The tables to attach: if there is one, those that are attached already as well, for all of an instance have one attachment. */
  private List<TableInfo> remote(TableChoice choice, List<TableInfo> discovered, ExtractContent last) {
    List<TableInfo> wanted = choice.tables().stream().filter(table -> mode(table) == Capability.REMOTE).toList();
    if (wanted.isEmpty()) {
      return wanted;
    }
    List<TableInfo> attached = choice(discovered, instance.config().file().tableNames()).tables().stream()
        .filter(table -> mode(table) == Capability.REMOTE && last.table(table.viewName()).filter(record -> record.remote().isPresent()).isPresent())
        .toList();
    return Stream.concat(wanted.stream(), attached.stream()).distinct().toList();
  }

  private List<String> wanted() {
    return order.tables().isEmpty() ? instance.config().file().tableNames() : order.tables();
  }

  private List<TableRun.Result> readAll(List<TableInfo> tables, TableRun tableRun) throws InterruptedException, ExecutionException {
    ExecutorService threads = Executors.newFixedThreadPool(Math.max(1, Math.min(engine.parallelTables(), tables.size())),
        new NamedThreads("kit-run-" + instance.name()));
    try {
      List<Future<TableRun.Result>> futures = new ArrayList<>();
      for (TableInfo table : tables) {
        futures.add(threads.submit(() -> tableRun.extract(table)));
      }
      List<TableRun.Result> results = new ArrayList<>();
      for (int i = 0; i < futures.size(); i++) {
        results.add(result(tables.get(i), futures.get(i)));
      }
      return results;
    } finally {
      threads.shutdownNow();
    }
  }

  /** The result of a table; one whose connector still blocks long after the run was cancelled is not waited for. */
  private TableRun.Result result(TableInfo table, Future<TableRun.Result> future) throws InterruptedException, ExecutionException {
    int patience = PATIENCE_SECONDS;
    while (patience > 0) {
      try {
        return future.get(1, TimeUnit.SECONDS);
      } catch (TimeoutException e) {
        patience -= cancellation.cancelled() ? 1 : 0;
      }
    }
    return skipped(table);
  }

  private static TableRun.Result skipped(TableInfo table) {
    return new TableRun.Result(TableOutcome.unpublished(table.viewName(), Outcome.SKIPPED, 0, "cancelled"), null);
  }

  private void publish(ExtractStore store, ExtractContent last, RunRecord record, List<TableRun.Result> results) {
    Map<String, TableRecord> tables = byName(last);
    results.stream().map(TableRun.Result::record).filter(Objects::nonNull).forEach(table -> tables.put(table.table(), table));
    withdraw(tables, results);
    RunEntry entry = new RunEntry(record, instance.fingerprint());
    List<RunEntry> runs = Stream.concat(Stream.of(entry), last.runs().stream()).limit(engine.history()).toList();
    new Publisher(engine, store, trail, cancellation).publish(last, last.next(List.copyOf(tables.values()), runs, Instant.now()), run);
  }

  /** Takes away what was attached otherwise: stale tables would lead to another source than the one that is configured. */
  private void withdraw(Map<String, TableRecord> tables, List<TableRun.Result> results) {
    List<RemoteAttach> now = results.stream().map(TableRun.Result::record).filter(Objects::nonNull).flatMap(table -> table.remote().stream())
        .map(RemoteTable::attach).distinct().toList();
    tables.values().removeIf(table -> {
      boolean stale = table.remote().isPresent() && (!(instance.connector() instanceof AttachesRemote) || !RemoteBasis.holds(table, instance)
          || !now.isEmpty() && !now.contains(table.remote().get().attach()));
      if (stale) {
        LOG.warn("KIT-3064 {}.{} was attached with other settings or by another connector, and is withdrawn", instance.name(), table.table());
      }
      return stale;
    });
  }

  private static Map<String, TableRecord> byName(ExtractContent content) {
    Map<String, TableRecord> tables = new TreeMap<>();
    content.tables().forEach(table -> tables.put(table.table(), table));
    return tables;
  }

  private RunRecord record(RunRecord.Outcome outcome, String error, List<TableOutcome> tables) {
    double seconds = Duration.between(start, Instant.now()).toMillis() / 1000.0;
    return new RunRecord(run, instance.name(), order.trigger(), start, seconds, outcome, error, tables, lineage());
  }

  private RunRecord.Lineage lineage() {
    return new RunRecord.Lineage(instance.declaration().name(), instance.declaration().version(),
        instance.bundle().getSymbolicName() + " " + instance.bundle().getVersion(), instance.sha256());
  }

  private static RunRecord.Outcome overall(List<TableOutcome> tables) {
    long failed = tables.stream().filter(table -> table.outcome() == Outcome.FAILED || table.outcome() == Outcome.SKIPPED).count();
    if (failed == 0) {
      return RunRecord.Outcome.OK;
    }
    return failed == tables.size() ? RunRecord.Outcome.FAILED : RunRecord.Outcome.PARTIAL;
  }
}
