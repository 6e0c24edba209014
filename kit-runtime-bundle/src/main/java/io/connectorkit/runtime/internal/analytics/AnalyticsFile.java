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
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.duckdb.DuckDBConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes {@code analytics.duckdb}. The draft, of which each file is a copy, stays open, since to open a database of thousands of views takes
 * longer than to change some of them. It is in a DuckDB of its own, where no connector's query finds it.
 */
final class AnalyticsFile implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(AnalyticsFile.class);

  /** Enough for views, which have no rows. */
  private static final String MEMORY = "256MB";
  private static final String DRAFT = "draft";

  private final Path draft;
  private final DuckDb duckDb;
  private DuckDBConnection session;
  private AnalyticsViews present = AnalyticsViews.NONE;

  /** Nothing is written yet; the folder is for files that may go when the process ends. */
  AnalyticsFile(Path folder) {
    this.draft = folder.resolve("analytics.duckdb");
    this.duckDb = new DuckDb(folder.resolve("analytics"), MEMORY, 1);
  }

  /** What the file holds that was written last. */
  AnalyticsViews present() {
    return present;
  }

  /**
   * Writes a file with the views that are wanted; those that the last one had are not made again. After a failure this is to be closed.
   *
   * @return what it holds: what was wanted, without the views that cannot be made
   */
  AnalyticsViews write(Path file, AnalyticsViews wanted, Trail trail) throws SQLException, IOException {
    if (session == null) {
      session = duckDb.open();
      // Of a process that was killed and had the same number, as in a container.
      deleteDraft();
      execute(session, "ATTACH " + literal(draft.toString()) + " AS " + DRAFT + " (STORAGE_VERSION '" + ExtractFile.STORAGE_VERSION + "')");
    }
    trail.reached("analytics.created");
    try {
      change(wanted, trail);
    } catch (SQLException e) {
      // One view that cannot be made ends the whole transaction; the others are not to suffer from it.
      AnalyticsViews possible = possible(wanted);
      if (possible.equals(wanted)) {
        throw e;
      }
      change(possible, trail);
    }
    execute(session, "CHECKPOINT " + DRAFT);
    trail.reached("analytics.checkpointed");
    Files.copy(draft, file);
    return present;
  }

  private void change(AnalyticsViews wanted, Trail trail) throws SQLException {
    List<String> statements = new ArrayList<>();
    present.selects().keySet().stream().filter(name -> !wanted.selects().containsKey(name))
        .forEach(gone -> statements.add("DROP VIEW " + qualified(gone)));
    present.schemas().stream().filter(schema -> !wanted.schemas().contains(schema))
        .forEach(gone -> statements.add("DROP SCHEMA " + DRAFT + "." + identifier(gone)));
    wanted.schemas().stream().filter(schema -> !present.schemas().contains(schema))
        .forEach(schema -> statements.add("CREATE SCHEMA " + DRAFT + "." + identifier(schema)));
    changed(wanted).forEach((name, select) -> statements.add("CREATE OR REPLACE VIEW " + qualified(name) + " AS " + select));
    transaction(session, () -> {
      if (!statements.isEmpty()) {
        // At once: one by one, each is prepared before it is run, which makes every view twice.
        execute(session, String.join(";\n", statements));
      }
      trail.reached("analytics.filled");
    });
    present = wanted;
    trail.reached("analytics.committed");
  }

  private Map<Name, String> changed(AnalyticsViews wanted) {
    Map<Name, String> changed = new LinkedHashMap<>(wanted.selects());
    changed.entrySet().removeAll(present.selects().entrySet());
    return changed;
  }

  private AnalyticsViews possible(AnalyticsViews wanted) {
    Map<Name, String> selects = new LinkedHashMap<>(wanted.selects());
    changed(wanted).forEach((name, select) -> {
      try {
        execute(session, "DESCRIBE " + select);
      } catch (SQLException e) {
        LOG.warn("KIT-4009 {}.{} is left out of the analytics database: {}", name.schema(), name.view(), Sql.firstLine(e));
        selects.remove(name);
      }
    });
    return new AnalyticsViews(wanted.schemas(), selects, wanted.hidden());
  }

  private static String qualified(Name name) {
    return DRAFT + "." + identifier(name.schema()) + "." + identifier(name.view());
  }

  @Override
  public void close() throws SQLException, IOException {
    try {
      if (session != null) {
        session.close();
      }
      duckDb.close();
    } finally {
      deleteDraft();
    }
  }

  private void deleteDraft() throws IOException {
    Files.deleteIfExists(draft);
    Files.deleteIfExists(draft.resolveSibling(draft.getFileName() + ".wal"));
  }
}
