package io.connectorkit.runtime.internal.extract;

import io.connectorkit.api.TableInfo;
import io.connectorkit.api.Watermark;
import io.connectorkit.host.KitException;
import io.connectorkit.host.TableOutcome;
import io.connectorkit.host.TableOutcome.Outcome;
import io.connectorkit.runtime.internal.config.Strategy;
import io.connectorkit.runtime.internal.duckdb.Sql;
import io.connectorkit.runtime.internal.extract.TableExtraction.Written;
import io.connectorkit.runtime.internal.increment.Cursor;
import io.connectorkit.runtime.internal.increment.Merge;
import io.connectorkit.runtime.internal.increment.ReadPlan;
import io.connectorkit.runtime.internal.schema.SchemaChange;
import io.connectorkit.runtime.internal.store.ExtractPaths;
import io.connectorkit.runtime.internal.store.StoredFile;
import io.connectorkit.runtime.internal.store.TableRecord;
import io.connectorkit.runtime.internal.store.TableState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.duckdb.DuckDBConnection;

/** Makes of the rows that were read what is to be published of a table: its files, its watermark, and the run's outcome for it. */
final class TablePublication {

  private final Engine engine;
  private final ExtractPaths paths;
  private final String run;
  private final Publishable publishable;
  private final TableInfo table;
  private final ReadPlan plan;
  private final Instant start;

  TablePublication(Engine engine, ExtractPaths paths, String run, Publishable publishable, ReadPlan plan, Instant start) {
    this.engine = engine;
    this.paths = paths;
    this.run = run;
    this.publishable = publishable;
    this.table = publishable.table();
    this.plan = plan;
    this.start = start;
  }

  /**
   * Where to write the rows that are read.
   *
   * @param piece number of the piece; negative if there is only one
   */
  Path file(int piece) {
    String read = plan.lower().isEmpty() && !publishable.changes() ? "" : "read";
    return paths.snapshot(run, table.viewName(), piece < 0 ? read : read + piece);
  }

  /** The result for the rows in files. */
  TableRun.Result of(Written written, List<Path> files) throws SQLException, IOException {
    // With strategy replace there is nothing to go on from, and so nothing to know about the column.
    Optional<Cursor> cursor = plan.strategy() == Strategy.REPLACE ? Optional.empty() : Cursor.of(table);
    try (DuckDBConnection session = engine.duckDb().open()) {
      publishable.verify(session, files, written.rows(), written.full());
      engine.trail(paths.root().getFileName().toString()).reached("table.verified");
      TableState state = state(session, written, cursor, publishable.upserts(files));
      return written.full() && !publishable.changes() ? all(session, written, files, state) : delta(session, written, files, cursor, state);
    }
  }

  private TableState state(DuckDBConnection session, Written written, Optional<Cursor> cursor, String rows) throws SQLException {
    Watermark next = written.watermark();
    if (cursor.isPresent()) {
      long nulls = publishable.options().nullCursorFails() ? cursor.get().nulls(session, rows) : 0;
      if (nulls > 0) {
        throw new KitException("KIT-3024", "table '" + table.viewName() + "', column '" + cursor.get().column() + "' is null in " + nulls
            + " rows, and null_cursor is fail; correct the source, or set null_cursor: keep");
      }
      next = next == null ? cursor.get().highest(session, rows, start).orElse(null) : next;
    }
    Optional<Watermark> last = written.full() ? Optional.empty() : publishable.last().state().watermark();
    boolean replace = plan.strategy() == Strategy.REPLACE;
    return new TableState(plan.strategy(), replace ? Optional.empty() : later(cursor, last, next), plan.basis(),
        written.full() ? start.truncatedTo(ChronoUnit.MICROS) : publishable.last().state().refreshedAt());
  }

  /** A watermark never goes back, except for one that the connector gives: only it knows what that means. */
  private static Optional<Watermark> later(Optional<Cursor> cursor, Optional<Watermark> last, Watermark next) {
    if (next == null || last.isEmpty()) {
      return next == null ? last : Optional.of(next);
    }
    boolean comparable = cursor.isPresent() && next.kind() == last.get().kind() && next.kind() != Watermark.Kind.OPAQUE;
    return Optional.of(comparable ? cursor.get().later(last.get(), next) : next);
  }

  private TableRun.Result all(DuckDBConnection session, Written written, List<Path> files, TableState state) throws SQLException, IOException {
    List<StoredFile> stored = new ArrayList<>();
    for (Path file : files) {
      stored.add(StoredFile.data(paths.relative(file), Sql.rows(session, file), Files.size(file), written.plan().schema().toJson()));
    }
    return result(written, state, List.copyOf(stored), written.rows(), 0);
  }

  private TableRun.Result delta(DuckDBConnection session, Written written, List<Path> files, Optional<Cursor> cursor, TableState state)
      throws SQLException, IOException {
    TableRecord last = publishable.last();
    if (written.rows() == 0 && !written.full()) {
      delete(files);
      return result(written, state, last.files(), 0, 0);
    }
    Path file = file(-1);
    if (files.size() > 1) {
      Sql.copy(session, "SELECT * FROM " + Sql.parquet(files), file);
      delete(files);
    }
    TableRecord evolved = written.full() ? record(written.plan().schema().toJson(), state, List.of(), 0, run)
        : record(written.plan().schema().toJson(), state, last.files(), last.rows(), last.run());
    Merge merge = new Merge(session, paths, run, table, evolved, cursor);
    Merge.Result merged = publishable.changes() ? merge.changes(file, publishable.keyed(), Merge.Rule.LAST_DELIVERED)
        : plan.strategy() == Strategy.UPSERT ? merge.upsert(file) : merge.append(file);
    publishable.verifyCount(evolved.rows() + merged.added() - merged.deleted());
    return result(written, state, merged.files(), merged.added(), merged.deleted());
  }

  private static void delete(List<Path> files) throws IOException {
    for (Path file : files) {
      Files.delete(file);
    }
  }

  private TableRun.Result result(Written written, TableState state, List<StoredFile> files, long added, long deleted) {
    TableRecord last = publishable.last();
    long rows = written.full() ? added : last.rows() + added - deleted;
    boolean unchanged = !written.full() && files.equals(last.files());
    // New columns show once there is a file that holds them.
    boolean evolved = written.full() || added > 0;
    Outcome outcome = unchanged ? Outcome.UNCHANGED : rows == 0 ? Outcome.EMPTY : Outcome.OK;
    long bytes = files.stream().filter(file -> last == null || !last.files().contains(file)).mapToLong(StoredFile::bytes).sum();
    TableOutcome told = new TableOutcome(table.viewName(), outcome, added, bytes, TableRun.seconds(start), "",
        evolved ? written.plan().changes().stream().map(SchemaChange::toString).toList() : List.of(), written.full() ? "full" : "delta", deleted,
        plan.lower().map(Watermark::text).orElse(""), state.watermark().map(Watermark::text).orElse(""), plan.note());
    String schema = evolved ? written.plan().schema().toJson() : last.schemaJson();
    return new TableRun.Result(told, record(schema, state, files, rows, unchanged ? last.run() : run));
  }

  private TableRecord record(String schemaJson, TableState state, List<StoredFile> files, long rows, String changedBy) {
    return new TableRecord(table.viewName(), table.sourceId(), table.description(), rows, start.truncatedTo(ChronoUnit.MICROS), schemaJson,
        table.primaryKey(), changedBy, files, state);
  }
}
