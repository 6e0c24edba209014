package io.connectorkit.runtime.internal.store;

import io.connectorkit.api.Watermark;
import io.connectorkit.host.RunRecord;
import io.connectorkit.host.TableOutcome;
import io.connectorkit.runtime.internal.config.Strategy;
import io.connectorkit.runtime.internal.duckdb.DuckDb;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.duckdb.DuckDBConnection;
import org.duckdb.DuckDBDriver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** An extract in a folder whose name is a trap, tables for it, and a DuckDB that reads it as any client would. */
abstract class StoreFixture {


  protected static final String SCHEMA = new Schema(List.of(Field.nullable("id", new ArrowType.Int(64, true)))).toJson();

  @TempDir
  protected Path folder;

  protected DuckDb duckDb;
  protected ExtractStore store;

  @BeforeEach
  void open() {
    duckDb = new DuckDb(folder.resolve("tmp"), "256MB", 1);
    store = new ExtractStore(new ExtractPaths(folder.resolve("it's a [1] folder")), duckDb, Trail.NONE);
  }

  @AfterEach
  void close() throws Exception {
    duckDb.close();
  }

  protected TableRecord table(String run, String name, int rows) throws Exception {
    Path file = store.paths().snapshot(run, name, "");
    Files.createDirectories(file.getParent());
    try (DuckDBConnection session = duckDb.open()) {
      DuckDb.execute(session, "COPY (SELECT range AS id FROM range(" + rows + ")) TO " + DuckDb.literal(file.toString()) + " (FORMAT parquet)");
    }
    Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);
    return record(run, name, now, StoredFile.data(store.paths().relative(file), rows, Files.size(file), SCHEMA));
  }

  protected static TableRecord record(String run, String name, Instant now, StoredFile file) {
    TableState state = new TableState(Strategy.UPSERT, Optional.of(new Watermark(Instant.parse("2026-01-31T23:59:59.123456Z"))), "a=1\nb=2", now);
    return new TableRecord(name, "source." + name, "d'", file.rows(), now, SCHEMA, List.of("id"), run, List.of(file), state);
  }

  protected static RunEntry run(String id, String table, Instant start) {
    TableOutcome outcome = new TableOutcome(table, TableOutcome.Outcome.OK, 1, 2, 0.5, "", List.of("added x Utf8"), "full", 0, "", "", "");
    RunRecord record = new RunRecord(id, "shop", "manual", start.truncatedTo(ChronoUnit.MICROS), 1, RunRecord.Outcome.OK, "", List.of(outcome),
        new RunRecord.Lineage("acme", "1", "b 1", ""));
    return new RunEntry(record, "print");
  }

  protected static ExtractContent content(List<TableRecord> tables, List<RunEntry> runs) {
    return new ExtractContent(tables, runs, List.of(), java.util.Map.of());
  }

  protected void publish(ExtractContent content) {
    store.publish(ExtractContent.EMPTY, content);
  }

  protected List<String> query(String sql) throws Exception {
    List<String> values = new ArrayList<>();
    try (var connection = new DuckDBDriver().connect("jdbc:duckdb:", new Properties())) {
      DuckDb.execute(connection, "ATTACH " + DuckDb.literal(store.paths().extract().toString()) + " AS e (READ_ONLY)");
      DuckDb.execute(connection, "USE e");
      try (Statement statement = connection.createStatement(); ResultSet rows = statement.executeQuery(sql)) {
        while (rows.next()) {
          values.add(rows.getString(1));
        }
      }
    }
    return values;
  }
}
