package io.connectorkit.runtime.internal.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.connectorkit.api.Watermark;
import io.connectorkit.host.KitException;
import io.connectorkit.host.RunRecord;
import io.connectorkit.host.TableOutcome;
import io.connectorkit.runtime.internal.config.Strategy;
import io.connectorkit.runtime.internal.duckdb.DuckDb;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.duckdb.DuckDBConnection;
import org.duckdb.DuckDBDriver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExtractStoreTest {

  @TempDir
  private Path folder;

  private DuckDb duckDb;
  private ExtractStore store;

  @BeforeEach
  void open() {
    duckDb = new DuckDb(folder.resolve("tmp"), "256MB", 1);
    store = new ExtractStore(new ExtractPaths(folder.resolve("it's a [1] folder")), duckDb, Trail.NONE);
  }

  @AfterEach
  void close() throws Exception {
    duckDb.close();
  }

  private TableRecord table(String run, String name, int rows) throws Exception {
    Path file = store.paths().snapshot(run, name, "");
    Files.createDirectories(file.getParent());
    try (DuckDBConnection session = duckDb.open()) {
      DuckDb.execute(session, "COPY (SELECT range AS id FROM range(" + rows + ")) TO " + DuckDb.literal(file.toString()) + " (FORMAT parquet)");
    }
    Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);
    return record(run, name, now, new StoredFile(StoredFile.Kind.DATA, store.paths().relative(file), rows, Files.size(file), "{\"fields\":[]}"));
  }

  private static TableRecord record(String run, String name, Instant now, StoredFile file) {
    TableState state = new TableState(Strategy.UPSERT, Optional.of(new Watermark(Instant.parse("2026-01-31T23:59:59.123456Z"))), "a=1\nb=2", now);
    return new TableRecord(name, "source." + name, "d'", file.rows(), now, "{\"fields\":[]}", List.of("id"), run, List.of(file), state);
  }

  private static RunEntry run(String id, String table, Instant start) {
    TableOutcome outcome = new TableOutcome(table, TableOutcome.Outcome.OK, 1, 2, 0.5, "", List.of("added x Utf8"), "full", 0, "", "", "");
    RunRecord record = new RunRecord(id, "shop", "manual", start.truncatedTo(ChronoUnit.MICROS), 1, RunRecord.Outcome.OK, "", List.of(outcome),
        new RunRecord.Lineage("acme", "1", "b 1", ""));
    return new RunEntry(record, "print");
  }

  private static ExtractContent content(List<TableRecord> tables, List<RunEntry> runs) {
    return new ExtractContent(tables, runs, List.of());
  }

  private void publish(ExtractContent content) {
    store.publish(ExtractContent.EMPTY, content);
  }

  private List<String> query(String sql) throws Exception {
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

  @Test
  void whatIsPublishedIsReadBack() throws Exception {
    ExtractContent content = content(List.of(table("r1", "a", 3), table("r1", "order", 0)), List.of(run("r1", "a", Instant.now())));
    publish(content);
    assertEquals(content, store.load());
    assertEquals("print", store.load().fingerprint().orElseThrow());
  }

  @Test
  void metaHasExactlyItsSevenColumns() throws Exception { // D12, D24
    publish(content(List.of(table("r1", "a", 3)), List.of(run("r1", "a", Instant.now()))));
    assertEquals(List.of("table_name", "description", "rows", "size_bytes", "extracted_at", "query_mode", "schema_json"),
        query("SELECT column_name FROM duckdb_columns() WHERE table_name = '_meta' ORDER BY column_index"));
    assertEquals(List.of("a"), query("SELECT table_name FROM _meta"));
  }

  @Test
  void viewsWorkWithQuotesAndGlobCharactersInThePath() throws Exception { // D7
    publish(content(List.of(table("r1", "select", 3)), List.of(run("r1", "select", Instant.now()))));
    assertEquals(List.of("3"), query("SELECT count(*) FROM \"select\""));
  }

  @Test
  void theStablePathIsTheCommittedFile() throws Exception {
    TableRecord table = table("r1", "a", 3);
    publish(content(List.of(table), List.of(run("r1", "a", Instant.now()))));
    assertTrue(Files.isSameFile(store.paths().root().resolve("data/a.parquet"), store.paths().root().resolve(table.files().get(0).path())));
  }

  @Test
  void aReaderKeepsItsSnapshotWhileAnotherIsPublished() throws Exception { // E4, E5
    publish(content(List.of(table("r1", "a", 3)), List.of(run("r1", "a", Instant.now()))));
    try (var reader = new DuckDBDriver().connect("jdbc:duckdb:", new Properties())) {
      DuckDb.execute(reader, "ATTACH " + DuckDb.literal(store.paths().extract().toString()) + " AS e (READ_ONLY)");
      ExtractContent next = store.load().next(List.of(table("r2", "a", 5)),
          List.of(run("r2", "a", Instant.now()), run("r1", "a", Instant.now())), Instant.now());
      publish(next);
      store.sweep(next, Duration.ofMinutes(15));
      try (Statement statement = reader.createStatement(); ResultSet rows = statement.executeQuery("SELECT count(*) FROM e.a")) {
        rows.next();
        assertEquals(3, rows.getInt(1));
      }
    }
    assertEquals(List.of("5"), query("SELECT count(*) FROM a"));
  }

  @Test
  void sweepingTakesStraysAtOnceAndReplacedFilesAfterTheGraceTime() throws Exception { // C13, D9, D23
    TableRecord old = table("r1", "a", 3);
    TableRecord now = table("r2", "a", 5);
    TableRecord stray = table("r3", "a", 5);
    Instant start = Instant.now().minusSeconds(60);
    ExtractContent content = content(List.of(old), List.of()).next(List.of(now), List.of(run("r2", "a", start)), start);
    publish(content);
    Path leftover = Files.writeString(store.paths().tmp().resolve("extract-x.duckdb.wal"), "x");
    store.sweep(content, Duration.ofMinutes(15));
    assertFalse(Files.exists(leftover));
    assertFalse(Files.exists(store.paths().root().resolve(stray.files().get(0).path())));
    assertTrue(Files.exists(store.paths().root().resolve(old.files().get(0).path())));
    store.sweep(content, Duration.ofSeconds(10));
    assertFalse(Files.exists(store.paths().root().resolve(old.files().get(0).path())));
    assertTrue(Files.exists(store.paths().root().resolve(now.files().get(0).path())));
  }

  @Test
  void aPublishThatFailsLeavesTheLastOneServed() throws Exception { // B19, E1
    TableRecord table = table("r1", "a", 3);
    publish(content(List.of(table), List.of(run("r1", "a", Instant.now()))));
    TableRecord missing = record("r2", "b", Instant.now(),
        new StoredFile(StoredFile.Kind.DATA, ".kit/snapshots/r2/b.parquet", 1, 1, "{\"fields\":[]}"));
    KitException e = assertThrows(KitException.class,
        () -> publish(content(List.of(missing), List.of(run("r2", "b", Instant.now())))));
    assertEquals("KIT-4003", e.code());
    assertEquals(List.of("3"), query("SELECT count(*) FROM a"));
  }

  @Test
  void anExtractThatCannotBeReadIsNotTouched() throws Exception {
    Files.createDirectories(store.paths().root());
    Files.writeString(store.paths().extract(), "not a database");
    assertEquals("KIT-4002", assertThrows(KitException.class, store::load).code());
    assertEquals("not a database", Files.readString(store.paths().extract()));
  }

  @Test
  void onlyOneProcessWrites() throws Exception { // B12
    try (ExtractLock lock = ExtractLock.acquire(store.paths())) {
      Process other = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
          System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")), LockProbe.class.getName(),
          store.paths().root().toString()).redirectErrorStream(true).start();
      String said = new String(other.getInputStream().readAllBytes());
      assertTrue(said.contains("KIT-3002"), said);
    }
  }
}
