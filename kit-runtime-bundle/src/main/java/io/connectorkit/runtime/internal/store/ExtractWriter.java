package io.connectorkit.runtime.internal.store;

import static io.connectorkit.runtime.internal.duckdb.DuckDb.execute;
import static io.connectorkit.runtime.internal.duckdb.DuckDb.identifier;

import io.connectorkit.api.RemoteAttach;
import io.connectorkit.api.Watermark;
import io.connectorkit.host.RunRecord;
import io.connectorkit.host.TableOutcome;
import io.connectorkit.runtime.internal.types.PublishedColumn;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;

/** Fills a new {@code extract.duckdb}. */
final class ExtractWriter {

  private final DuckDBConnection session;
  private final String alias;
  private final Map<String, List<Object[]>> rows = new LinkedHashMap<>();

  ExtractWriter(DuckDBConnection session, String alias) {
    this.session = session;
    this.alias = alias;
  }

  void write(Path root, ExtractContent content) throws SQLException {
    add("_kit_format", ExtractFile.FORMAT, root.toString());
    content.tables().stream().flatMap(table -> table.remote().stream()).filter(RemoteTable::proved).map(RemoteTable::attach).distinct()
        .forEach(attach -> add("_remote_attach", attach.alias(), attach.extension(), attach.url(), attach.tokenEnv()));
    for (TableRecord table : content.tables()) {
      execute(session, "CREATE VIEW " + alias + ".main." + identifier(table.table()) + " AS " + TableView.select(root, table));
      add(table);
    }
    content.retired().forEach(file -> add("_kit_retired", file.path(), utc(file.retiredAt())));
    for (RunEntry run : content.runs()) {
      add(run);
    }
    for (var table : rows.entrySet()) {
      insert(table.getKey(), table.getValue());
    }
  }

  private void add(TableRecord table) {
    String name = table.table();
    add("_meta", name, table.description(), table.rows(), table.bytes(), utc(table.extractedAt()), table.mode(), table.schemaJson());
    add("_kit_tables", name, table.sourceId(), table.primaryKey(), table.run());
    for (PublishedColumn column : PublishedColumn.of(table.schemaJson())) {
      add("_kit_columns", name, column.position(), column.path(), column.delivered(), column.stored(), column.cast(), column.timeZone(),
          column.description());
    }
    int position = 0;
    for (StoredFile file : table.files()) {
      add("_kit_files", name, position++, file.kind().name(), file.path(), file.rows(), file.bytes(), file.schemaJson(),
          file.targets());
    }
    table.remote().ifPresent(remote -> add("_kit_remote", name, remote.attach().alias(), remote.attach().extension(), remote.attach().url(),
        remote.attach().tokenEnv(), remote.relation() instanceof RemoteAttach.Call call ? call.function() : null, parts(remote.relation()),
        remote.filter(), remote.proved()));
    TableState state = table.state();
    add("_kit_state", name, state.strategy().name(), state.watermark().map(watermark -> watermark.kind().name()).orElse(null),
        state.watermark().map(Watermark::text).orElse(null), state.basis(), utc(state.refreshedAt()));
  }

  private static List<String> parts(RemoteAttach.Relation relation) {
    return relation instanceof RemoteAttach.Name name ? name.names() : ((RemoteAttach.Call) relation).arguments();
  }

  private void add(RunEntry entry) {
    RunRecord run = entry.record();
    add("_kit_runs", run.run(), run.instance(), run.trigger(), utc(run.startedAt()), run.seconds(), run.outcome().name(), run.error(),
        run.lineage().connector(), run.lineage().version(), run.lineage().bundle(), run.lineage().jarSha256(), entry.fingerprint());
    int position = 0;
    for (TableOutcome table : run.tables()) {
      add("_kit_outcomes", run.run(), position++, table.table(), table.outcome().name(), table.rows(), table.bytes(), table.seconds(),
          table.error(), table.schemaChanges(), table.mode(), table.deleted(), table.watermarkBefore(), table.watermarkAfter(),
          table.note());
    }
  }

  private void add(String table, Object... values) {
    rows.computeIfAbsent(table, name -> new ArrayList<>()).add(values);
  }

  /** Through DuckDB's appender: with a statement for each row, the history of many tables would take longer than their extraction. */
  private void insert(String table, List<Object[]> values) throws SQLException {
    try (DuckDBAppender appender = session.createAppender(alias, "main", table)) {
      for (Object[] row : values) {
        appender.beginRow();
        for (Object value : row) {
          append(appender, value);
        }
        appender.endRow();
      }
    }
  }

  private static void append(DuckDBAppender appender, Object value) throws SQLException {
    if (value == null) {
      appender.appendNull();
    } else if (value instanceof String text) {
      appender.append(text);
    } else if (value instanceof Integer number) {
      appender.append(number.intValue());
    } else if (value instanceof Long number) {
      appender.append(number.longValue());
    } else if (value instanceof Boolean truth) {
      appender.append(truth.booleanValue());
    } else if (value instanceof Double number) {
      appender.append(number.doubleValue());
    } else if (value instanceof LocalDateTime time) {
      appender.append(time);
    } else if (value instanceof List<?> list) {
      appender.append(list);
    } else {
      throw new IllegalArgumentException(value.getClass().getName());
    }
  }

  private static LocalDateTime utc(Instant instant) {
    return LocalDateTime.ofInstant(instant, ZoneOffset.UTC);
  }
}
