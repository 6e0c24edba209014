package io.connectorkit.runtime.internal.analytics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.connectorkit.runtime.internal.analytics.AnalyticsViews.Name;
import io.connectorkit.runtime.internal.store.Trail;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.duckdb.DuckDBDriver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AnalyticsFileTest {

  @TempDir
  private Path folder;

  private AnalyticsFile file;

  @BeforeEach
  void open() {
    file = new AnalyticsFile(folder.resolve("tmp"));
  }

  @AfterEach
  void close() throws Exception {
    file.close();
    assertEquals(List.of(), List.of(folder.resolve("tmp").toFile().list()));
  }

  private static AnalyticsViews views(Map<Name, String> selects, String... schemas) {
    return new AnalyticsViews(Set.of(schemas), selects, Set.of());
  }

  private AnalyticsViews write(AnalyticsViews wanted) throws Exception {
    Files.deleteIfExists(folder.resolve("a.duckdb"));
    return file.write(folder.resolve("a.duckdb"), wanted, Trail.NONE);
  }

  private List<String> query(String sql) throws Exception {
    List<String> values = new ArrayList<>();
    try (var connection = new DuckDBDriver().connect("jdbc:duckdb:" + folder.resolve("a.duckdb"), new Properties());
        Statement statement = connection.createStatement(); ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        values.add(rows.getString(1));
      }
    }
    return values;
  }

  @Test
  void viewsComeChangeAndGo() throws Exception {
    AnalyticsViews first = views(Map.of(new Name("shop", "a"), "SELECT 1 AS x", new Name("shop", "b"), "SELECT 2 AS x",
        new Name("old", "c"), "SELECT 3 AS x", new Name("main", "a"), "SELECT 1 AS x"), "shop", "old");
    assertEquals(first, write(first));
    AnalyticsViews second = views(Map.of(new Name("shop", "a"), "SELECT 10 AS x", new Name("shop", "d"), "SELECT 4 AS x",
        new Name("main", "a"), "SELECT 10 AS x"), "shop", "new");
    assertEquals(second, write(second));
    assertEquals(List.of("10", "4", "10"), query("FROM shop.a UNION ALL FROM shop.d UNION ALL FROM main.a"));
    assertEquals(List.of("main.a", "shop.a", "shop.d"),
        query("SELECT schema_name || '.' || view_name FROM duckdb_views() WHERE NOT internal ORDER BY ALL"));
    assertEquals(List.of("main", "new", "shop"), query("SELECT schema_name FROM duckdb_schemas() WHERE database_name = 'a' AND schema_name"
        + " NOT IN ('information_schema', 'pg_catalog') ORDER BY ALL"));
  }

  /** L7: only what has changed is made again. What a view reads may be gone: only a view that is not made again is still there then. */
  @Test
  void aViewThatHasNotChangedIsNotTouched() throws Exception {
    Path data = folder.resolve("data.csv");
    Files.writeString(data, "x\n1\n");
    Name kept = new Name("shop", "kept");
    AnalyticsViews first = views(Map.of(kept, "SELECT * FROM read_csv('" + data + "')"), "shop");
    write(first);
    Files.delete(data);
    AnalyticsViews second = views(Map.of(kept, first.selects().get(kept), new Name("shop", "more"), "SELECT 2 AS x"), "shop");
    assertEquals(second, write(second));
    assertEquals(List.of("kept", "more"), query("SELECT view_name FROM duckdb_views() WHERE NOT internal ORDER BY ALL"));
  }

  @Test
  void aViewThatCannotBeMadeIsLeftOutAloneAndNeverShowsOldRows() throws Exception {
    Name name = new Name("shop", "a");
    AnalyticsViews first = views(Map.of(name, "SELECT 1 AS x"), "shop");
    write(first);
    AnalyticsViews broken = views(Map.of(name, "SELECT * FROM read_parquet(['/nowhere'])", new Name("shop", "b"), "SELECT 2 AS x"), "shop");
    assertFalse(write(broken).selects().containsKey(name));
    assertEquals(List.of("b"), query("SELECT view_name FROM duckdb_views() WHERE NOT internal"));
  }

  @Test
  void whatAKilledProcessLeftIsNotTakenUp() throws Exception {
    AnalyticsViews first = views(Map.of(new Name("shop", "a"), "SELECT 1 AS x"), "shop");
    write(first);
    file.close();
    Files.copy(folder.resolve("a.duckdb"), folder.resolve("tmp/analytics.duckdb"));
    file = new AnalyticsFile(folder.resolve("tmp"));
    assertEquals(first, write(first));
  }

  @Test
  void ofNothingThereIsAFileToo() throws Exception {
    assertEquals(AnalyticsViews.NONE, write(AnalyticsViews.NONE));
    assertEquals(List.of("0"), query("SELECT count(*) FROM duckdb_views() WHERE NOT internal"));
  }

  /** C13: a failed transaction would hold the file, and with it the space of a deleted one, until the process ends. */
  @Test
  void aFailureChangesNothingAndSaysWhatItWas() throws Exception {
    AnalyticsViews first = views(Map.of(new Name("shop", "a"), "SELECT 1 AS x"), "shop");
    write(first);
    SQLException e = assertThrows(SQLException.class, () -> write(views(Map.of(new Name("nowhere", "a"), "SELECT 1 AS x"), "shop")));
    assertFalse(e.getMessage().contains("aborted"), e.getMessage());
    assertEquals(first, file.present());
    assertFalse(Files.exists(folder.resolve("a.duckdb")));
  }
}
