package io.connectorkit.runtime.internal.extract;

import io.connectorkit.api.TableInfo;
import io.connectorkit.host.KitException;
import io.connectorkit.runtime.internal.duckdb.DuckDb;
import io.connectorkit.runtime.internal.duckdb.Sql;
import io.connectorkit.runtime.internal.increment.Cursor;
import io.connectorkit.runtime.internal.increment.Merge;
import io.connectorkit.runtime.internal.store.ExtractPaths;
import io.connectorkit.runtime.internal.store.TableRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.duckdb.DuckDBConnection;

/**
 * The changes that streams published of an instance since its run began, so that they can be applied again on top of what the run read: a run
 * that takes hours neither holds up a stream nor undoes it. Used with the right to publish, except for {@link #end}.
 */
final class ChangeJournal {

  /** So many files are put together into one. */
  private static final int MANY = 32;

  /** What was published of one table, oldest first; files of many changes first. */
  private static final class Entries {
    private TableInfo table;
    private boolean keyed;
    private String schemaJson;
    private final List<Path> many = new ArrayList<>();
    private final List<Path> single = new ArrayList<>();

    private List<Path> all() {
      List<Path> all = new ArrayList<>(many);
      all.addAll(single);
      return all;
    }
  }

  private final DuckDb duckDb;
  private final Map<String, Entries> tables = new HashMap<>();
  private Path folder;
  private int number;

  ChangeJournal(DuckDb duckDb) {
    this.duckDb = duckDb;
  }

  /** A run begins. */
  synchronized void begin(ExtractPaths paths) throws IOException {
    folder = Files.createDirectories(paths.journal());
  }

  /** The run has ended; its files go with the next sweep. */
  synchronized void end() {
    folder = null;
    tables.clear();
  }

  /** Puts the delivered changes of a table aside before they are published, if a run goes on; null if none does. */
  synchronized Path aside(Path delivered) throws IOException {
    return folder == null ? null : Files.createLink(next(), delivered);
  }

  /** Keeps what was put aside, now that it is published. */
  synchronized void keep(Publishable publishable, Path aside, String schemaJson) throws IOException, SQLException {
    if (folder == null || aside == null) {
      return;
    }
    Entries entries = tables.computeIfAbsent(publishable.table().viewName(), name -> new Entries());
    // Changes with other columns than those before cannot be put together: the table's run fails, and the next one reads it.
    entries.schemaJson = entries.schemaJson == null || entries.schemaJson.equals(schemaJson) ? schemaJson : "";
    entries.table = publishable.table();
    entries.keyed = publishable.keyed();
    entries.single.add(aside);
    if (entries.single.size() == MANY && !entries.schemaJson.isEmpty()) {
      entries.many.add(together(entries.single));
      entries.single.clear();
    }
  }

  private Path next() {
    return folder.resolve(number++ + ".parquet");
  }

  private Path together(List<Path> files) throws SQLException, IOException {
    Path file = next();
    try (DuckDBConnection session = duckDb.open()) {
      Sql.copy(session, "SELECT * FROM " + Sql.parquet(files), file);
    }
    for (Path old : files) {
      Files.delete(old);
    }
    return file;
  }

  /** Whether there are changes of a table. */
  synchronized boolean has(String table) {
    return tables.containsKey(table);
  }

  /**
   * Applies the changes to what a run read.
   *
   * @param read what the run would publish
   * @param run names the folder of the new files
   * @return the same with the changes
   */
  synchronized TableRecord apply(ExtractPaths paths, TableRecord read, String run) throws SQLException, IOException {
    Entries entries = tables.get(read.table());
    if (!entries.schemaJson.equals(read.schemaJson())) {
      throw new KitException("KIT-3034", "table '" + read.table() + "': streams published it with other columns while it was read; what is"
          + " published stays, run again");
    }
    try (DuckDBConnection session = duckDb.open()) {
      Path delivered = paths.snapshot(run, read.table(), "read");
      Files.createDirectories(delivered.getParent());
      Sql.copy(session, "SELECT * FROM " + Sql.parquet(entries.all()), delivered);
      Merge.Result merged = new Merge(session, paths, run, entries.table, read, Cursor.of(entries.table))
          .changes(delivered, entries.keyed, Merge.Rule.NEWEST);
      return read.with(merged.files(), read.rows() + merged.added() - merged.deleted());
    }
  }
}
