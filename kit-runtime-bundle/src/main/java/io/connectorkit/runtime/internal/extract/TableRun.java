package io.connectorkit.runtime.internal.extract;

import io.connectorkit.api.Reads;
import io.connectorkit.api.TableInfo;
import io.connectorkit.host.TableOutcome;
import io.connectorkit.host.TableOutcome.Outcome;
import io.connectorkit.runtime.internal.registry.Instance;
import io.connectorkit.runtime.internal.store.ExtractPaths;
import io.connectorkit.runtime.internal.store.TableRecord;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CancellationException;
import org.apache.arrow.memory.BufferAllocator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One table in a run: whatever happens to it happens to it alone. */
final class TableRun {

  private static final Logger LOG = LoggerFactory.getLogger(TableRun.class);

  private final Engine engine;
  private final Instance instance;
  private final ExtractPaths paths;
  private final String run;
  private final RunCancellation cancellation;
  private final Listeners listeners;

  TableRun(Engine engine, Instance instance, ExtractPaths paths, String run, RunCancellation cancellation, Listeners listeners) {
    this.engine = engine;
    this.instance = instance;
    this.paths = paths;
    this.run = run;
    this.cancellation = cancellation;
    this.listeners = listeners;
  }

  /** What became of the table; the record is null unless it can be published. */
  record Result(TableOutcome outcome, TableRecord record) {}

  Result extract(TableInfo table) {
    Instant start = Instant.now();
    Path file = paths.snapshot(run, table.viewName());
    BufferAllocator allocator = engine.allocate(instance.name() + "." + table.viewName());
    Result result;
    try {
      cancellation.check();
      CallContext context = new CallContext(instance, allocator, engine.duckDb(), cancellation);
      TableExtraction extraction = new TableExtraction((Reads) instance.connector(), new Request(context, table, engine.batchSize()),
          engine.duckDb(), cancellation, rows -> listeners.progress(table.viewName(), rows, file));
      TableExtraction.Written written = extraction.to(file);
      long bytes = Files.size(file);
      Outcome outcome = written.rows() == 0 ? Outcome.EMPTY : Outcome.OK;
      result = new Result(new TableOutcome(table.viewName(), outcome, written.rows(), bytes, seconds(start), ""),
          new TableRecord(table.viewName(), table.sourceId(), table.description(), written.rows(), bytes, start,
              written.schema().toJson(), table.primaryKey(), run, paths.relative(file)));
    } catch (Throwable e) {
      result = new Result(failure(table, start, e), null);
    }
    listeners.table(result.outcome());
    close(allocator, table);
    return result;
  }

  private TableOutcome failure(TableInfo table, Instant start, Throwable e) {
    if (cancellation.cancelled() || e instanceof CancellationException) {
      return new TableOutcome(table.viewName(), Outcome.SKIPPED, 0, 0, seconds(start), "cancelled");
    }
    LOG.debug("{}.{} failed", instance.name(), table.viewName(), e);
    return new TableOutcome(table.viewName(), Outcome.FAILED, 0, 0, seconds(start), Redaction.clean(e, instance));
  }

  private void close(BufferAllocator allocator, TableInfo table) {
    try {
      allocator.close();
    } catch (IllegalStateException e) {
      LOG.warn("KIT-3010 {}.{}: the connector did not release {} bytes of Arrow memory; it must close what it allocates",
          instance.name(), table.viewName(), allocator.getAllocatedMemory());
    }
  }

  private static double seconds(Instant start) {
    return Duration.between(start, Instant.now()).toMillis() / 1000.0;
  }
}
