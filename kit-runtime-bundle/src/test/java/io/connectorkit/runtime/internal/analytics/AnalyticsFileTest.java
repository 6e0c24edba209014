package io.connectorkit.runtime.internal.analytics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.connectorkit.runtime.internal.config.Strategy;
import io.connectorkit.runtime.internal.duckdb.DuckDb;
import io.connectorkit.runtime.internal.store.ExtractContent;
import io.connectorkit.runtime.internal.store.StoredFile;
import io.connectorkit.runtime.internal.store.TableRecord;
import io.connectorkit.runtime.internal.store.TableState;
import io.connectorkit.runtime.internal.store.Trail;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.duckdb.DuckDBConnection;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AnalyticsFileTest {

  @TempDir
  private Path folder;

  private DuckDb duckDb;

  @BeforeEach
  void open() {
    duckDb = new DuckDb(folder.resolve("tmp"), "256MB", 1);
  }

  @AfterEach
  void close() throws Exception {
    duckDb.close();
  }

  private TableRecord table(String name) {
    StoredFile file = new StoredFile(StoredFile.Kind.DATA, name + ".parquet", 3, 1, "{}");
    return new TableRecord(name, name, "", 3, Instant.now(), "{}", List.of(), "r1", List.of(file),
        new TableState(Strategy.REPLACE, Optional.empty(), "", Instant.now()));
  }

  private List<String> query(String sql) throws SQLException {
    List<String> values = new ArrayList<>();
    try (DuckDBConnection session = duckDb.open(); Statement statement = session.createStatement(); ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        values.add(rows.getString(1));
      }
    }
    return values;
  }

  private void run(String sql) throws SQLException {
    try (DuckDBConnection session = duckDb.open()) {
      DuckDb.execute(session, sql);
    }
  }

  /** Two sources; of the first one table is a file that is none, and one is missing. */
  private Map<String, ExtractContent> contents() throws Exception {
    for (String source : List.of("one", "two")) {
      Files.createDirectories(folder.resolve(source));
      for (String table : List.of("a", "z")) {
        run("COPY (SELECT range FROM range(3)) TO " + DuckDb.literal(folder.resolve(source).resolve(table + ".parquet").toString()));
      }
    }
    Files.writeString(folder.resolve("one/b.parquet"), "no Parquet, though it has that name");
    Map<String, ExtractContent> contents = new TreeMap<>();
    contents.put("one", new ExtractContent(List.of(table("a"), table("b"), table("c"), table("z")), List.of(), List.of()));
    contents.put("two", new ExtractContent(List.of(table("a"), table("z")), List.of(), List.of()));
    return contents;
  }

  @Test
  void aTableThatCannotBeReadIsLeftOutAndAllOthersStay() throws Exception { // D11, E7
    Path file = folder.resolve("analytics.duckdb");
    new AnalyticsFile(duckDb, Trail.NONE).write(file, folder, contents());
    run("ATTACH " + DuckDb.literal(file.toString()) + " AS written (READ_ONLY)");
    assertEquals(List.of("main.a", "main.z", "one.a", "one.z", "two.a", "two.z"), query("SELECT schema_name || '.' || view_name"
        + " FROM duckdb_views() WHERE database_name = 'written' AND NOT internal ORDER BY 1"));
  }

  @Test
  void aFailureLetsGoOfTheFileAndSaysWhatItWas() throws Exception { // C13
    Map<String, ExtractContent> contents = contents();
    contents.put("bad", new ExtractContent(List.of(), List.of(), List.of()));
    contents.put("BAD", contents.get("bad"));
    SQLException e = assertThrows(SQLException.class,
        () -> new AnalyticsFile(duckDb, Trail.NONE).write(folder.resolve("analytics.duckdb"), folder, contents));
    assertTrue(e.getMessage().contains("already exists"), e.getMessage());
    assertEquals(List.of("memory"), query("SELECT database_name FROM duckdb_databases() WHERE NOT internal"));
  }
}
