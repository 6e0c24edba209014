package io.connectorkit.runtime.internal.store;

import io.connectorkit.runtime.internal.duckdb.DuckDb;
import io.connectorkit.runtime.internal.duckdb.Sql;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.arrow.vector.types.pojo.Schema;
import org.duckdb.DuckDBConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Leaves out tables whose files of earlier runs are damaged or gone, for they are not to stop the publish of all others. The next run finds
 * nothing published of such a table, and reads it in full. What this run wrote is another matter: if that is damaged, the publish fails.
 */
final class SoundTables {

  private static final Logger LOG = LoggerFactory.getLogger(SoundTables.class);

  private final Path root;
  private final Set<String> added;

  /**
   * For one publish.
   *
   * @param added the files that are new in it
   */
  SoundTables(Path root, Set<String> added) {
    this.root = root;
    this.added = added;
  }

  private interface Check {
    /** What is wrong with a table; empty if nothing is. */
    String problem(TableRecord table) throws IOException, SQLException;
  }

  /** The tables whose files have the size that is recorded; this is so cheap that it is asked each time. */
  ExtractContent bySize(ExtractContent content) throws IOException, SQLException {
    return sound(content, this::missing);
  }

  /** The tables that DuckDB can make views of; asked where it could not make all of them. */
  ExtractContent byView(ExtractContent content, DuckDb duckDb) throws IOException, SQLException {
    try (DuckDBConnection session = duckDb.open()) {
      return sound(content, table -> unreadable(session, table));
    }
  }

  private ExtractContent sound(ExtractContent content, Check check) throws IOException, SQLException {
    List<TableRecord> tables = new ArrayList<>();
    for (TableRecord table : content.tables()) {
      String problem = check.problem(table);
      if (problem.isEmpty()) {
        tables.add(table);
      } else {
        LOG.error("KIT-4015 {}: table '{}' is left out: {}; the other tables are published, and the next run reads this one in full", root,
            table.table(), problem);
      }
    }
    return tables.equals(content.tables()) ? content : content.next(tables, content.runs(), Instant.now());
  }

  private String missing(TableRecord table) throws IOException {
    for (StoredFile file : table.files()) {
      if (!added.contains(file.path())) {
        try {
          long size = Files.size(root.resolve(file.path()));
          if (size != file.bytes()) {
            return file.path() + " has " + size + " bytes of " + file.bytes();
          }
        } catch (NoSuchFileException e) {
          return file.path() + " is gone";
        }
      }
    }
    return "";
  }

  private String unreadable(DuckDBConnection session, TableRecord table) {
    for (StoredFile file : table.files()) {
      if (added.contains(file.path()) && !problem(session, "SELECT * FROM read_parquet(" + TableView.files(root, List.of(file)) + ")").isEmpty()) {
        return "";
      }
    }
    try {
      Schema.fromJSON(table.schemaJson());
      return problem(session, TableView.select(root, table));
    } catch (IOException | UncheckedIOException e) {
      return "its schema cannot be read: " + Sql.firstLine(e);
    }
  }

  private static String problem(DuckDBConnection session, String select) {
    try {
      DuckDb.execute(session, "DESCRIBE " + select);
      return "";
    } catch (SQLException e) {
      return Sql.firstLine(e);
    }
  }
}
