package io.connectorkit.runtime.internal.analytics;

import static io.connectorkit.runtime.internal.duckdb.DuckDb.execute;
import static io.connectorkit.runtime.internal.duckdb.DuckDb.identifier;
import static io.connectorkit.runtime.internal.duckdb.DuckDb.literal;
import static io.connectorkit.runtime.internal.duckdb.DuckDb.transaction;

import io.connectorkit.runtime.internal.duckdb.DuckDb;
import io.connectorkit.runtime.internal.duckdb.Sql;
import io.connectorkit.runtime.internal.store.ExtractContent;
import io.connectorkit.runtime.internal.store.ExtractFile;
import io.connectorkit.runtime.internal.store.TableRecord;
import io.connectorkit.runtime.internal.store.TableView;
import io.connectorkit.runtime.internal.store.Trail;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.duckdb.DuckDBConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes {@code analytics.duckdb}: views on the Parquet files themselves, so that any DuckDB client can open it alone. */
final class AnalyticsFile {

  private static final Logger LOG = LoggerFactory.getLogger(AnalyticsFile.class);

  private final DuckDb duckDb;
  private final Trail trail;
  private final String alias = identifier("analytics_" + UUID.randomUUID());

  AnalyticsFile(DuckDb duckDb, Trail trail) {
    this.duckDb = duckDb;
    this.trail = trail;
  }

  void write(Path file, Path extracts, Map<String, ExtractContent> contents) throws SQLException {
    try (DuckDBConnection session = duckDb.open()) {
      execute(session, "ATTACH " + literal(file.toString()) + " AS " + alias + " (STORAGE_VERSION '" + ExtractFile.STORAGE_VERSION + "')");
      try {
        trail.reached("analytics.created");
        transaction(session, () -> {
          Map<String, String> owners = new HashMap<>();
          for (var content : contents.entrySet()) {
            write(session, extracts, content.getKey(), content.getValue(), owners);
          }
          trail.reached("analytics.filled");
        });
        trail.reached("analytics.committed");
        execute(session, "CHECKPOINT " + alias);
        trail.reached("analytics.checkpointed");
      } finally {
        execute(session, "DETACH " + alias);
      }
    }
  }

  private void write(DuckDBConnection session, Path extracts, String source, ExtractContent content, Map<String, String> owners)
      throws SQLException {
    execute(session, "CREATE SCHEMA " + alias + "." + identifier(source));
    for (TableRecord table : content.tables()) {
      String select = " AS " + TableView.select(extracts.resolve(source), table);
      try {
        execute(session, "CREATE VIEW " + alias + "." + identifier(source) + "." + identifier(table.table()) + select);
        String owner = owners.putIfAbsent(table.table(), source);
        if (owner == null) {
          execute(session, "CREATE VIEW " + alias + ".main." + identifier(table.table()) + select);
        } else {
          LOG.info("'{}' alone means {}.{}; that of {} is {}.{}", table.table(), owner, table.table(), source, source, table.table());
        }
      } catch (SQLException e) {
        LOG.warn("KIT-4009 {}.{} is left out of the analytics database: {}", source, table.table(), Sql.firstLine(e));
      }
    }
  }
}
