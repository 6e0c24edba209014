package io.connectorkit.runtime.internal.analytics;

import static io.connectorkit.runtime.internal.duckdb.DuckDb.execute;
import static io.connectorkit.runtime.internal.duckdb.DuckDb.identifier;
import static io.connectorkit.runtime.internal.duckdb.DuckDb.literal;
import static io.connectorkit.runtime.internal.duckdb.DuckDb.transaction;

import io.connectorkit.runtime.internal.analytics.AnalyticsViews.Name;
import io.connectorkit.runtime.internal.duckdb.DuckDb;
import io.connectorkit.runtime.internal.duckdb.Sql;
import io.connectorkit.runtime.internal.store.ExtractFile;
import io.connectorkit.runtime.internal.store.Trail;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.duckdb.DuckDBConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes {@code analytics.duckdb}. */
final class AnalyticsFile {

  private static final Logger LOG = LoggerFactory.getLogger(AnalyticsFile.class);

  private final DuckDb duckDb;
  private final Trail trail;
  private final String alias = identifier("analytics_" + UUID.randomUUID());

  AnalyticsFile(DuckDb duckDb, Trail trail) {
    this.duckDb = duckDb;
    this.trail = trail;
  }

  /**
   * Gives a file the views that are wanted; those that it has already are not touched.
   *
   * @param present what the file holds; nothing if there is none yet
   * @return what it holds then: what was wanted, without the views that cannot be made
   */
  AnalyticsViews write(Path file, AnalyticsViews present, AnalyticsViews wanted) throws SQLException {
    try (DuckDBConnection session = duckDb.open()) {
      execute(session, "ATTACH " + literal(file.toString()) + " AS " + alias + " (STORAGE_VERSION '" + ExtractFile.STORAGE_VERSION + "')");
      try {
        trail.reached("analytics.created");
        AnalyticsViews possible = wanted;
        try {
          change(session, present, wanted);
        } catch (SQLException e) {
          // One view that cannot be made ends the whole transaction; the others are not to suffer from it.
          possible = possible(session, present, wanted);
          if (possible.equals(wanted)) {
            throw e;
          }
          change(session, present, possible);
        }
        execute(session, "CHECKPOINT " + alias);
        trail.reached("analytics.checkpointed");
        return possible;
      } finally {
        execute(session, "DETACH " + alias);
      }
    }
  }

  private void change(DuckDBConnection session, AnalyticsViews present, AnalyticsViews wanted) throws SQLException {
    transaction(session, () -> {
      for (Name gone : present.selects().keySet()) {
        if (!wanted.selects().containsKey(gone)) {
          execute(session, "DROP VIEW " + qualified(gone));
        }
      }
      for (String schema : present.schemas()) {
        if (!wanted.schemas().contains(schema)) {
          execute(session, "DROP SCHEMA " + alias + "." + identifier(schema));
        }
      }
      for (String schema : wanted.schemas()) {
        execute(session, "CREATE SCHEMA IF NOT EXISTS " + alias + "." + identifier(schema));
      }
      for (var view : changed(present, wanted).entrySet()) {
        execute(session, "CREATE OR REPLACE VIEW " + qualified(view.getKey()) + " AS " + view.getValue());
      }
      trail.reached("analytics.filled");
    });
    trail.reached("analytics.committed");
  }

  private static Map<Name, String> changed(AnalyticsViews present, AnalyticsViews wanted) {
    Map<Name, String> changed = new LinkedHashMap<>(wanted.selects());
    changed.entrySet().removeAll(present.selects().entrySet());
    return changed;
  }

  private static AnalyticsViews possible(DuckDBConnection session, AnalyticsViews present, AnalyticsViews wanted) {
    Map<Name, String> selects = new LinkedHashMap<>(wanted.selects());
    changed(present, wanted).forEach((name, select) -> {
      try {
        execute(session, "DESCRIBE " + select);
      } catch (SQLException e) {
        LOG.warn("KIT-4009 {}.{} is left out of the analytics database: {}", name.schema(), name.view(), Sql.firstLine(e));
        selects.remove(name);
      }
    });
    return new AnalyticsViews(wanted.schemas(), selects, wanted.hidden());
  }

  private String qualified(Name name) {
    return alias + "." + identifier(name.schema()) + "." + identifier(name.view());
  }
}
