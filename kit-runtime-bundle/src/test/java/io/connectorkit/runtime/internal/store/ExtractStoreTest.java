package io.connectorkit.runtime.internal.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.connectorkit.host.KitException;
import io.connectorkit.runtime.internal.duckdb.DuckDb;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TimeZone;
import java.util.stream.Collectors;
import org.duckdb.DuckDBDriver;
import org.junit.jupiter.api.Test;

class ExtractStoreTest extends StoreFixture {

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
  void allThatIsRememberedIsInTheOneFile() throws Exception { // D20
    publish(content(List.of(table("r1", "a", 3)), List.of(run("r1", "a", Instant.now()))));
    try (var files = Files.walk(store.paths().root())) {
      assertEquals(Set.of(".kit/snapshots/r1/a.parquet", "data/a.parquet", "extract.duckdb"),
          files.filter(Files::isRegularFile).map(file -> store.paths().relative(file)).collect(Collectors.toSet()));
    }
  }

  /** One source is not to break those that are read with it. */
  @Test
  void aFileThatSomebodyElseHasChangedIsToldOf() throws Exception {
    publish(content(List.of(table("r1", "a", 3)), List.of(run("r1", "a", Instant.now()))));
    try (var connection = new DuckDBDriver().connect("jdbc:duckdb:" + store.paths().extract(), new Properties())) {
      DuckDb.execute(connection, "DELETE FROM _kit_tables");
    }
    KitException wrong = assertThrows(KitException.class, store::load);
    assertTrue(wrong.getMessage().contains("_kit_tables has no row of table 'a'"), wrong.getMessage());
    assertEquals("KIT-4002", wrong.code());
  }

  @Test
  void aServedFileIsReplacedAndNeverWrittenInto() throws Exception { // E2
    publish(content(List.of(table("r1", "a", 3)), List.of(run("r1", "a", Instant.now()))));
    Path old = Files.createLink(folder.resolve("old"), store.paths().extract());
    byte[] before = Files.readAllBytes(old);
    store.publish(store.load(), store.load().next(List.of(table("r2", "a", 5)), List.of(run("r2", "a", Instant.now())), Instant.now()));
    assertArrayEquals(before, Files.readAllBytes(old));
    assertFalse(Files.isSameFile(old, store.paths().extract()));
    assertFalse(Files.exists(store.paths().root().resolve("extract.duckdb.wal")));
  }

  @Test
  void timesAreThoseOfUtcInEveryTimeZone() throws Exception { // G5, D15
    TimeZone zone = TimeZone.getDefault();
    try {
      TimeZone.setDefault(TimeZone.getTimeZone("Pacific/Auckland"));
      ExtractContent content = content(List.of(table("r1", "a", 3)), List.of(run("r1", "a", Instant.now())));
      publish(content);
      assertEquals(content, store.load());
      Instant at = content.tables().get(0).extractedAt();
      assertEquals(List.of(LocalDateTime.ofInstant(at, ZoneOffset.UTC).toString()), query("SELECT strftime(extracted_at, '%Y-%m-%dT%H:%M:%S.%f') FROM _meta"));
    } finally {
      TimeZone.setDefault(zone);
    }
  }

  @Test
  void viewsNameTheNewPlaceOnceTheFolderWasMoved() throws Exception { // D8
    publish(content(List.of(table("r1", "a", 3)), List.of(run("r1", "a", Instant.now()))));
    assertFalse(moved());
    ExtractContent content = store.load();
    Path there = folder.resolve("there");
    Files.move(store.paths().root(), there);
    store = new ExtractStore(new ExtractPaths(there), duckDb, Trail.NONE);
    assertThrows(SQLException.class, () -> query("SELECT count(*) FROM a"));
    assertTrue(moved());
    store.settle();
    assertFalse(moved());
    assertEquals(content, store.load());
    assertEquals(List.of("3"), query("SELECT count(*) FROM a"));
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

  private boolean moved() {
    return !store.placed().orElseThrow().root().equals(store.paths().root().toString());
  }
}
