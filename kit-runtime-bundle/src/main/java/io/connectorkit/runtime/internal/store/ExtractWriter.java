package io.connectorkit.runtime.internal.store;

import static io.connectorkit.runtime.internal.duckdb.DuckDb.execute;
import static io.connectorkit.runtime.internal.duckdb.DuckDb.identifier;

import io.connectorkit.api.Watermark;
import io.connectorkit.host.RunRecord;
import io.connectorkit.host.TableOutcome;
import java.nio.file.Path;
import java.sql.Array;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
    add("_kit_format", ExtractFile.FORMAT);
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

  private void add(TableRecord table) throws SQLException {
    String name = table.table();
    add("_meta", name, table.description(), table.rows(), table.bytes(), utc(table.extractedAt()), "local", table.schemaJson());
    add("_kit_tables", name, table.sourceId(), array(table.primaryKey()), table.run());
    int position = 0;
    for (StoredFile file : table.files()) {
      add("_kit_files", name, position++, file.kind().name(), file.path(), file.rows(), file.bytes(), file.schemaJson());
    }
    TableState state = table.state();
    add("_kit_state", name, state.strategy().name(), state.watermark().map(watermark -> watermark.kind().name()).orElse(null),
        state.watermark().map(Watermark::text).orElse(null), state.basis(), utc(state.refreshedAt()));
  }

  private void add(RunEntry entry) throws SQLException {
    RunRecord run = entry.record();
    add("_kit_runs", run.run(), run.instance(), run.trigger(), utc(run.startedAt()), run.seconds(), run.outcome().name(), run.error(),
        entry.connector(), entry.bundle(), entry.sha256(), entry.fingerprint());
    int position = 0;
    for (TableOutcome table : run.tables()) {
      add("_kit_outcomes", run.run(), position++, table.table(), table.outcome().name(), table.rows(), table.bytes(), table.seconds(),
          table.error(), array(table.schemaChanges()), table.mode(), table.deleted(), table.watermarkBefore(), table.watermarkAfter(),
          table.note());
    }
  }

  private void add(String table, Object... values) {
    rows.computeIfAbsent(table, name -> new ArrayList<>()).add(values);
  }

  private void insert(String table, List<Object[]> values) throws SQLException {
    String marks = "?, ".repeat(values.get(0).length - 1) + "?";
    try (PreparedStatement statement = session.prepareStatement("INSERT INTO " + alias + "." + table + " VALUES (" + marks + ")")) {
      for (Object[] row : values) {
        for (int i = 0; i < row.length; i++) {
          statement.setObject(i + 1, row[i]);
        }
        statement.execute();
      }
    }
  }

  private Array array(List<String> texts) throws SQLException {
    return session.createArrayOf("VARCHAR", texts.toArray());
  }

  private static LocalDateTime utc(Instant instant) {
    return LocalDateTime.ofInstant(instant, ZoneOffset.UTC);
  }
}
