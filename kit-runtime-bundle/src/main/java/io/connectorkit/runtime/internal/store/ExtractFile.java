package io.connectorkit.runtime.internal.store;

import static io.connectorkit.runtime.internal.duckdb.DuckDb.execute;
import static io.connectorkit.runtime.internal.duckdb.DuckDb.identifier;
import static io.connectorkit.runtime.internal.duckdb.DuckDb.literal;

import io.connectorkit.host.RunRecord;
import io.connectorkit.host.TableOutcome;
import io.connectorkit.runtime.internal.duckdb.DuckDb;
import java.nio.file.Path;
import java.sql.Array;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.duckdb.DuckDBConnection;

/** Reads and writes {@code extract.duckdb}. */
public final class ExtractFile {

  /** Readable by DuckDB 1.1 and later; the default of DuckDB 2 is refused by every 1.x. */
  public static final String STORAGE_VERSION = "v1.0.0";

  private static final List<String> TABLES = List.of(
      "_meta(table_name VARCHAR NOT NULL, description VARCHAR, rows BIGINT, size_bytes BIGINT, extracted_at TIMESTAMP,"
          + " query_mode VARCHAR DEFAULT 'local', schema_json VARCHAR)",
      "_kit_tables(table_name VARCHAR NOT NULL, source_id VARCHAR, primary_key VARCHAR[], run_id VARCHAR, file VARCHAR)",
      "_kit_runs(run_id VARCHAR NOT NULL, instance VARCHAR, trigger VARCHAR, started_at TIMESTAMP, seconds DOUBLE, outcome VARCHAR,"
          + " error VARCHAR, connector VARCHAR, bundle VARCHAR, jar_sha256 VARCHAR, fingerprint VARCHAR)",
      "_kit_outcomes(run_id VARCHAR NOT NULL, position INTEGER, table_name VARCHAR, outcome VARCHAR, rows BIGINT, size_bytes BIGINT,"
          + " seconds DOUBLE, error VARCHAR, schema_changes VARCHAR[])");

  private final DuckDb duckDb;
  private final Trail trail;
  /** Attached names are seen by every session of the shared instance, so they must differ between threads. */
  private final String alias = identifier("extract_" + UUID.randomUUID());

  ExtractFile(DuckDb duckDb, Trail trail) {
    this.duckDb = duckDb;
    this.trail = trail;
  }

  ExtractContent read(Path file) throws SQLException {
    try (DuckDBConnection session = duckDb.open()) {
      execute(session, "ATTACH " + literal(file.toString()) + " AS " + alias + " (READ_ONLY)");
      try {
        return new ExtractContent(tables(session), runs(session));
      } finally {
        execute(session, "DETACH " + alias);
      }
    }
  }

  private List<TableRecord> tables(DuckDBConnection session) throws SQLException {
    String sql = "SELECT m.*, t.* FROM " + alias + "._meta m JOIN " + alias + "._kit_tables t USING (table_name) ORDER BY table_name";
    List<TableRecord> tables = new ArrayList<>();
    try (Statement statement = session.createStatement(); ResultSet row = statement.executeQuery(sql)) {
      while (row.next()) {
        tables.add(new TableRecord(row.getString("table_name"), row.getString("source_id"), row.getString("description"),
            row.getLong("rows"), row.getLong("size_bytes"), instant(row, "extracted_at"), row.getString("schema_json"),
            texts(row, "primary_key"),
            row.getString("run_id"), row.getString("file")));
      }
    }
    return tables;
  }

  private List<RunEntry> runs(DuckDBConnection session) throws SQLException {
    Map<String, List<TableOutcome>> outcomes = new LinkedHashMap<>();
    try (Statement statement = session.createStatement();
        ResultSet row = statement.executeQuery("SELECT * FROM " + alias + "._kit_outcomes ORDER BY run_id, position")) {
      while (row.next()) {
        outcomes.computeIfAbsent(row.getString("run_id"), run -> new ArrayList<>()).add(new TableOutcome(row.getString("table_name"),
            TableOutcome.Outcome.valueOf(row.getString("outcome")), row.getLong("rows"), row.getLong("size_bytes"),
            row.getDouble("seconds"), row.getString("error"), texts(row, "schema_changes")));
      }
    }
    List<RunEntry> runs = new ArrayList<>();
    try (Statement statement = session.createStatement();
        ResultSet row = statement.executeQuery("SELECT * FROM " + alias + "._kit_runs ORDER BY run_id DESC")) {
      while (row.next()) {
        String run = row.getString("run_id");
        RunRecord record = new RunRecord(run, row.getString("instance"), row.getString("trigger"), instant(row, "started_at"),
            row.getDouble("seconds"), RunRecord.Outcome.valueOf(row.getString("outcome")), row.getString("error"),
            outcomes.getOrDefault(run, List.of()));
        runs.add(new RunEntry(record, row.getString("connector"), row.getString("bundle"), row.getString("jar_sha256"),
            row.getString("fingerprint")));
      }
    }
    return runs;
  }

  private static List<String> texts(ResultSet row, String column) throws SQLException {
    return Stream.of((Object[]) row.getArray(column).getArray()).map(String::valueOf).toList();
  }

  private static Array array(DuckDBConnection session, List<String> texts) throws SQLException {
    return session.createArrayOf("VARCHAR", texts.toArray());
  }

  private static Instant instant(ResultSet row, String column) throws SQLException {
    return row.getObject(column, LocalDateTime.class).toInstant(ZoneOffset.UTC);
  }

  void write(Path file, Path root, ExtractContent content) throws SQLException {
    try (DuckDBConnection session = duckDb.open()) {
      execute(session, "ATTACH " + literal(file.toString()) + " AS " + alias + " (STORAGE_VERSION '" + STORAGE_VERSION + "')");
      try {
        execute(session, "BEGIN");
        for (String table : TABLES) {
          execute(session, "CREATE TABLE " + alias + "." + table);
        }
        trail.reached("extract.created");
        for (TableRecord table : content.tables()) {
          write(session, root, table);
        }
        for (RunEntry run : content.runs()) {
          write(session, run);
        }
        trail.reached("extract.filled");
        execute(session, "COMMIT");
        trail.reached("extract.committed");
        execute(session, "CHECKPOINT " + alias);
        trail.reached("extract.checkpointed");
      } finally {
        execute(session, "DETACH " + alias);
      }
    }
  }

  private void write(DuckDBConnection session, Path root, TableRecord table) throws SQLException {
    execute(session, "CREATE VIEW " + alias + ".main." + identifier(table.table()) + " AS SELECT * FROM read_parquet(["
        + literal(root.resolve(table.file()).toString()) + "])");
    insert(session, "_meta", table.table(), table.description(), table.rows(), table.bytes(), utc(table.extractedAt()), "local",
        table.schemaJson());
    insert(session, "_kit_tables", table.table(), table.sourceId(), array(session, table.primaryKey()),
        table.run(), table.file());
  }

  private void write(DuckDBConnection session, RunEntry entry) throws SQLException {
    RunRecord run = entry.record();
    insert(session, "_kit_runs", run.run(), run.instance(), run.trigger(), utc(run.startedAt()), run.seconds(), run.outcome().name(),
        run.error(), entry.connector(), entry.bundle(), entry.sha256(), entry.fingerprint());
    int position = 0;
    for (TableOutcome table : run.tables()) {
      insert(session, "_kit_outcomes", run.run(), position++, table.table(), table.outcome().name(), table.rows(), table.bytes(),
          table.seconds(), table.error(), array(session, table.schemaChanges()));
    }
  }

  private void insert(DuckDBConnection session, String table, Object... values) throws SQLException {
    String marks = "?, ".repeat(values.length - 1) + "?";
    try (PreparedStatement statement = session.prepareStatement("INSERT INTO " + alias + "." + table + " VALUES (" + marks + ")")) {
      for (int i = 0; i < values.length; i++) {
        statement.setObject(i + 1, values[i]);
      }
      statement.execute();
    }
  }

  private static LocalDateTime utc(Instant instant) {
    return LocalDateTime.ofInstant(instant, ZoneOffset.UTC);
  }
}
