package io.connectorkit.runtime.internal.extract;

import io.connectorkit.api.ConnectorContext;
import io.connectorkit.api.ConnectorException;
import io.connectorkit.api.Reads;
import io.connectorkit.api.Split;
import io.connectorkit.api.TableInfo;
import io.connectorkit.api.Watermark;
import io.connectorkit.host.KitException;
import io.connectorkit.host.TableOutcome;
import io.connectorkit.host.TableOutcome.Outcome;
import io.connectorkit.runtime.internal.duckdb.Sql;
import io.connectorkit.runtime.internal.increment.ReadPlan;
import io.connectorkit.runtime.internal.registry.Instance;
import io.connectorkit.runtime.internal.store.ExtractContent;
import io.connectorkit.runtime.internal.store.ExtractPaths;
import io.connectorkit.runtime.internal.store.TableRecord;
import io.connectorkit.runtime.internal.store.TableState;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.OutOfMemoryException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One table in a run: whatever happens to it happens to it alone. */
final class TableRun {

  private static final Logger LOG = LoggerFactory.getLogger(TableRun.class);

  private final Engine engine;
  private final Instance instance;
  private final ExtractPaths paths;
  private final ExtractContent published;
  private final String run;
  private final boolean full;
  private final RunCancellation cancellation;
  private final Listeners listeners;
  private final BufferAllocator memory;
  private final InstanceScope shared;
  /** So many tables, or pieces of them, are read at the same time. */
  private final Semaphore reads;
  /** Set once the source has refused the credentials: no other table is tried with them. */
  private final AtomicReference<String> aborted = new AtomicReference<>();

  /**
   * Prepares the run's tables.
   *
   * @param published what is published
   * @param full whether to read everything, whatever the watermarks say
   * @param memory for all of them together
   * @param shared what their calls share
   */
  TableRun(Engine engine, Instance instance, ExtractPaths paths, ExtractContent published, String run, boolean full,
      RunCancellation cancellation, Listeners listeners, BufferAllocator memory, InstanceScope shared) {
    this.full = full;
    this.engine = engine;
    this.reads = new Semaphore(engine.parallelTables());
    this.published = published;
    this.instance = instance;
    this.paths = paths;
    this.run = run;
    this.cancellation = cancellation;
    this.listeners = listeners;
    this.memory = memory;
    this.shared = shared;
  }

  /** What became of the table; the record is null unless it can be published. */
  record Result(TableOutcome outcome, TableRecord record) {

    /** The same with another watermark. */
    Result at(Watermark watermark) {
      TableState state = record.state();
      TableOutcome told = new TableOutcome(outcome.table(), outcome.outcome(), outcome.rows(), outcome.bytes(), outcome.seconds(), outcome.error(),
          outcome.schemaChanges(), outcome.mode(), outcome.deleted(), outcome.watermarkBefore(), watermark.text(), outcome.note());
      return new Result(told, record.with(new TableState(state.strategy(), Optional.of(watermark), state.basis(), state.refreshedAt())));
    }
  }

  /** A table to be read, how, and what its rows have to be like. */
  record Work(TableInfo table, ReadPlan plan, Publishable publishable, Instant start) {

    /** What the connector is asked for. */
    Request request(ConnectorContext context, int batchSize) {
      return new Request(context, table, plan.lower(), publishable.columns(), publishable.pushedDown(plan.lower().isEmpty()), Split.WHOLE,
          batchSize);
    }
  }

  Result extract(TableInfo table) {
    Instant start = Instant.now();
    if (cancellation.cancelled() || aborted.get() != null) {
      return told(new Result(skipped(table, start), null));
    }
    for (int attempt = 0; ; attempt++) {
      try {
        return told(attempt(work(table, plan(table, start), false, start), (Reads) instance.connector()));
      } catch (Throwable e) {
        if (attempt >= engine.retries() || !Retry.waited(e, attempt, cancellation)) {
          return told(failed(table, start, e));
        }
        LOG.info("{}.{}: {}; trying again", instance.name(), table.viewName(), Redaction.clean(e, instance));
      }
    }
  }

  private Result told(Result result) {
    listeners.table(result.outcome());
    return result;
  }

  /** What is published of a table, if its rows are here. */
  private TableRecord local(TableInfo table) {
    return published.table(table.viewName()).filter(record -> record.remote().isEmpty()).orElse(null);
  }

  /** How to read a table. */
  ReadPlan plan(TableInfo table, Instant start) {
    return ReadPlan.of(table, instance.config().file().options(table), local(table), instance.meaning(), full,
        start);
  }

  /**
   * A table as it is to be read.
   *
   * @param changes whether its rows are changes in order, deletions among them
   */
  Work work(TableInfo table, ReadPlan plan, boolean changes, Instant start) {
    TableRecord last = local(table);
    return new Work(table, plan, new Publishable(table, instance.config().file().options(table), plan.strategy(), paths.root(), last, changes),
        start);
  }

  /** Reads a table from the connector, or from whoever stands for it. */
  Result attempt(Work work, Reads connector) throws Exception {
    Publishable publishable = work.publishable();
    TableRead.Source source = publishable.changes()
        ? new TableRead.Source(connector, new ChangeRows(work.table(), publishable.columns()).delivered(), new Semaphore(1), Limits.NONE)
        : new TableRead.Source(connector, work.table(), reads, engine.limits());
    TableRead read = new TableRead(engine, instance, source, work.plan(), publishable, memory, shared);
    TablePublication publication = new TablePublication(engine.duckDb(), engine.trail(instance.name()), paths, run, publishable, work.plan(),
        work.start());
    RunCancellation own = new RunCancellation();
    Runnable cancel = own::cancel;
    cancellation.onCancel(cancel);
    try {
      List<Split> splits = publishable.changes() ? List.of(Split.WHOLE) : read.splits(own);
      List<Path> files = IntStream.range(0, splits.size()).mapToObj(i -> publication.file(splits.size() == 1 ? -1 : i)).toList();
      return publication.of(read.all(splits, files, own, listeners), files);
    } finally {
      cancellation.forget(cancel);
    }
  }

  /** The result of a table that failed. */
  Result failed(TableInfo table, Instant start, Throwable e) {
    return new Result(failure(table, start, e), null);
  }

  private TableOutcome failure(TableInfo table, Instant start, Throwable e) {
    if (cancellation.cancelled()) {
      return skipped(table, start);
    }
    LOG.debug("{}.{} failed", instance.name(), table.viewName(), Retold.of(e, instance));
    String error = Redaction.withVariables(explained(table, e), instance);
    if (e instanceof ConnectorException failure && failure.kind() == ConnectorException.Kind.AUTHENTICATION) {
      aborted.compareAndSet(null, "not tried: " + error);
    }
    return TableOutcome.unpublished(table.viewName(), Outcome.FAILED, seconds(start), error);
  }

  /** What people can do something about, in place of DuckDB's and Arrow's words for it. */
  private Throwable explained(TableInfo table, Throwable e) {
    if (Stream.iterate(e, Objects::nonNull, Throwable::getCause).anyMatch(OutOfMemoryException.class::isInstance)) {
      return new KitException("KIT-3031", "table '" + table.viewName() + "': the run needs more Arrow memory than the " + (memory.getLimit() >> 20)
          + " MiB that it may use, for all of its tables together; deliver smaller batches, or raise run.memory.mib", e);
    }
    String full = e instanceof SQLException ? Sql.writeFailure(e) : "";
    return full.isEmpty() ? e : new KitException("KIT-4013", "table '" + table.viewName() + "': its rows cannot be written to " + paths.root()
        + ": " + full + "; those published stay; free some space, and run again", e);
  }

  private TableOutcome skipped(TableInfo table, Instant start) {
    String reason = cancellation.cancelled() ? "cancelled" : aborted.get();
    return TableOutcome.unpublished(table.viewName(), Outcome.SKIPPED, seconds(start), reason);
  }

  static double seconds(Instant start) {
    return Duration.between(start, Instant.now()).toMillis() / 1000.0;
  }
}
