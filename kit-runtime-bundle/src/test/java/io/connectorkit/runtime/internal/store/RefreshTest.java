package io.connectorkit.runtime.internal.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.connectorkit.host.StepListener;
import io.connectorkit.runtime.internal.analytics.Analytics;
import io.connectorkit.runtime.internal.config.Home;
import io.connectorkit.runtime.internal.duckdb.DuckDb;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.Properties;
import org.duckdb.DuckDBDriver;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The database over all after a refresh that broke off. */
class RefreshTest extends StoreFixture {

  private final Steps steps = new Steps();
  private Path extracts;
  private Analytics analytics;

  @BeforeEach
  @Override
  void open() {
    extracts = folder.resolve("extracts");
    duckDb = new DuckDb(folder.resolve("tmp"), "256MB", 1);
    store = new ExtractStore(new ExtractPaths(extracts.resolve("shop")), duckDb, Trail.NONE);
    analytics = new Analytics(new Home(folder, folder, extracts, false), duckDb, steps);
  }

  private long tables() throws Exception {
    try (var connection = new DuckDBDriver().connect("jdbc:duckdb:" + extracts.resolve("analytics.duckdb"), new Properties());
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT count(*) FROM duckdb_views() WHERE schema_name = 'shop'")) {
      row.next();
      return row.getLong(1);
    }
  }

  /** Whatever breaks it off, also what nobody expects, the next one makes up for it. */
  @Test
  void theNextOneMakesUpForIt() throws Exception {
    TableRecord first = table("r1", "a", 3);
    ExtractContent one = content(List.of(first), List.of(run("r1", "a", Instant.now())));
    publish(one);
    analytics.refresh();
    assertEquals(1, tables());
    store.publish(one, content(List.of(first, table("r2", "b", 3)), List.of(run("r2", "b", Instant.now()))));
    StepListener breaking = (instance, step) -> {
      if (step.equals("analytics.synced")) {
        throw new IllegalStateException("as if");
      }
    };
    steps.bindListener(breaking);
    assertThrows(IllegalStateException.class, analytics::refresh);
    steps.unbindListener(breaking);
    assertEquals(1, tables(), "the last one stays");
    analytics.refresh();
    assertEquals(2, tables());
    analytics.close();
  }
}
