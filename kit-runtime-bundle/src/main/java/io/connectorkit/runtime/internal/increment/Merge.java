package io.connectorkit.runtime.internal.increment;

import static io.connectorkit.runtime.internal.duckdb.DuckDb.execute;
import static io.connectorkit.runtime.internal.duckdb.DuckDb.identifier;
import static io.connectorkit.runtime.internal.duckdb.DuckDb.literal;

import io.connectorkit.api.TableInfo;
import io.connectorkit.api.Watermark;
import io.connectorkit.runtime.internal.duckdb.Sql;
import io.connectorkit.runtime.internal.store.ExtractPaths;
import io.connectorkit.runtime.internal.store.StoredFile;
import io.connectorkit.runtime.internal.store.StoredFile.Kind;
import io.connectorkit.runtime.internal.store.TableRecord;
import io.connectorkit.runtime.internal.store.TableView;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.duckdb.DuckDBConnection;

/**
 * Brings the rows of a delta into a published table without touching its files: new rows go into one more file, and the positions of rows
 * that are replaced or deleted into another one. Both cost what the delta costs, and a look for its keys among those published.
 */
public final class Merge {

  /** The column of a delta that marks rows which are to go. */
  public static final String GONE = "_kit_gone";
  /** The column of a delta that makes a deletion of a row: it names the columns whose values the rows have that go. */
  public static final String SCOPE = "_kit_scope";

  /** Published rows that a delta concerns, and of these the keys of those that stay. */
  private static final String HITS = "kit_hits";
  private static final String STAY = "kit_stay";

  private final DuckDBConnection session;
  private final ExtractPaths paths;
  private final String run;
  private final TableInfo table;
  private final TableRecord published;
  private final Optional<Cursor> cursor;
  private final List<String> columns;

  /**
   * Prepares.
   *
   * @param run names the folder of the new files
   * @param published the table with its present files, of which there may be none, and its next schema
   */
  public Merge(DuckDBConnection session, ExtractPaths paths, String run, TableInfo table, TableRecord published, Optional<Cursor> cursor)
      throws IOException {
    this.session = session;
    this.paths = paths;
    this.run = run;
    this.table = table;
    this.published = published;
    this.cursor = cursor;
    this.columns = Schema.fromJSON(published.schemaJson()).getFields().stream().map(Field::getName).toList();
  }

  /**
   * What a merge gave.
   *
   * @param files all files of the table from now on
   * @param added rows in the new data file
   * @param deleted published rows that it replaces, or that were deleted
   */
  public record Result(List<StoredFile> files, long added, long deleted) {}

  /** Adds the delivered rows that are not there yet. Rows that are there twice at the source are there twice in the end. */
  public Result append(Path delivered) throws SQLException, IOException {
    return merge(delivered, new Delta(session, delivered, List.of(), false, false, columns), List.of(), Rule.LAST_DELIVERED);
  }

  /**
   * Puts each delivered row in the place of the one with its key; of several with one key the last counts. Those that are marked with
   * {@link #GONE} only take a row away.
   */
  public Result upsert(Path delivered) throws SQLException, IOException {
    return merge(delivered, new Delta(session, delivered, table.primaryKey(), true, false, columns), table.primaryKey(), Rule.LAST_DELIVERED);
  }

  /** Which version of a row counts: the one that came last, or the one with the higher value in the incremental column. */
  public enum Rule { LAST_DELIVERED, NEWEST }

  /**
   * The same for rows among which there are deletions, with {@link #SCOPE}: what comes later counts.
   *
   * @param keyed whether rows take the place of those with their key, as in {@link #upsert}; otherwise they are added
   */
  public Result changes(Path delivered, boolean keyed, Rule rule) throws SQLException, IOException {
    List<String> key = keyed ? table.primaryKey() : List.of();
    return merge(delivered, new Delta(session, delivered, key, keyed, true, columns), key, rule);
  }

  /** SQL that is true for rows that the source marks as deleted, and false for all others. */
  public static Optional<String> tombstone(TableInfo table) {
    return table.tombstoneColumn().map(column -> {
      boolean flag = table.schema().findField(column).getType() instanceof org.apache.arrow.vector.types.pojo.ArrowType.Bool;
      return flag ? "coalesce(" + identifier(column) + ", false)" : "(" + identifier(column) + " IS NOT NULL)";
    });
  }

  private Result merge(Path delivered, Delta delta, List<String> key, Rule rule) throws SQLException, IOException {
    Path added = paths.snapshot(run, table.viewName(), "");
    boolean any = !published.data().isEmpty();
    boolean newest = any && rule == Rule.NEWEST && cursor.isPresent() && !key.isEmpty();
    boolean except = any && rule == Rule.LAST_DELIVERED && cursor.isPresent();
    if (any) {
      execute(session, "CREATE OR REPLACE TEMP TABLE " + HITS + " AS " + hits(delta, key, newest));
    }
    if (newest) {
      String time = identifier(cursor.get().column());
      stay("SELECT " + Delta.list(key) + " FROM " + Delta.LATEST + " JOIN " + HITS + " USING (" + Delta.list(key) + ") WHERE NOT _kit_scoped AND "
          + HITS + "." + time + " > " + Delta.LATEST + "." + time);
    }
    String rows = "SELECT " + Delta.list(columns) + " FROM " + Delta.ALIVE + (newest ? " ANTI JOIN " + STAY + " USING (" + Delta.list(key) + ")" : "");
    long written = Sql.copy(session, rows + (except ? except(delta, key) : ""), added);
    if (except && !key.isEmpty()) {
      stay("SELECT " + Delta.list(key) + " FROM " + Delta.ALIVE + " ANTI JOIN " + rows(added) + " USING (" + Delta.list(key) + ")");
    }
    Path deletes = paths.snapshot(run, table.viewName(), "deletes");
    long deleted = any ? Sql.copy(session, "SELECT _kit_file AS file, _kit_pos AS pos FROM " + HITS
        + (newest || except && !key.isEmpty() ? " ANTI JOIN " + STAY + " USING (" + Delta.list(key) + ")" : "") + " ORDER BY ALL", deletes) : 0;
    Files.delete(delivered);
    return result(added, written, deletes, deleted);
  }

  private void stay(String keys) throws SQLException {
    execute(session, "CREATE OR REPLACE TEMP TABLE " + STAY + " AS " + keys);
  }

  /**
   * Takes out the rows that were delivered before, since the lower bound is inclusive. Without a cursor nothing tells a row that was delivered
   * twice from one that is there twice.
   */
  private String except(Delta delta, List<String> key) throws SQLException {
    Optional<Watermark> lowest = cursor.get().lowest(session, "SELECT * FROM " + Delta.ROWS);
    StringBuilder before = new StringBuilder(key.isEmpty() ? " EXCEPT ALL" : " EXCEPT").append(" SELECT ").append(Delta.list(columns))
        .append(" FROM (").append(TableView.select(paths.root(), published)).append(") p");
    for (int i = 0; key.isEmpty() && i < delta.scopes().size(); i++) {
      before.append(" ANTI JOIN ").append(Delta.scope(i)).append(" USING (").append(Delta.list(delta.scopes().get(i))).append(")");
    }
    return before.append(" WHERE ").append(cursor.get().from(lowest)).toString();
  }

  /** The published rows that have a delivered key, or are deleted, with their places; those that are deleted there already left out. */
  private String hits(Delta delta, List<String> key, boolean newest) {
    List<String> shown = new ArrayList<>(key);
    if (newest && !shown.contains(cursor.get().column())) {
      shown.add(cursor.get().column());
    }
    String select = "SELECT substr(_kit_path, " + (paths.root().toString().length() + 2) + ") AS _kit_file, file_row_number AS _kit_pos"
        + shown.stream().map(column -> ", " + identifier(column)).collect(Collectors.joining()) + ", %s AS _kit_scoped FROM read_parquet("
        + TableView.files(paths.root(), published.data()) + ", file_row_number = true, filename = '_kit_path'"
        + (alike() ? "" : ", union_by_name = true") + ") SEMI JOIN %s USING (%s)";
    List<String> parts = new ArrayList<>();
    if (!key.isEmpty()) {
      parts.add(select.formatted("false", Delta.LATEST, Delta.list(key)));
    }
    for (int i = 0; i < delta.scopes().size(); i++) {
      if (known(delta.scopes().get(i))) {
        parts.add(select.formatted("true", Delta.scope(i), Delta.list(delta.scopes().get(i))));
      }
    }
    String all = parts.isEmpty() ? "SELECT '' AS _kit_file, 0 AS _kit_pos, false AS _kit_scoped LIMIT 0" : String.join(" UNION ALL ", parts);
    String grouped = "SELECT * EXCLUDE (_kit_scoped), bool_or(_kit_scoped) AS _kit_scoped FROM (" + all + ") GROUP BY ALL";
    return published.deletes().isEmpty() ? grouped : "SELECT * FROM (" + grouped + ") ANTI JOIN (SELECT file AS _kit_file, pos AS _kit_pos"
        + " FROM read_parquet(" + TableView.files(paths.root(), published.deletes()) + ")) USING (_kit_file, _kit_pos)";
  }

  private boolean alike() {
    return published.data().stream().map(StoredFile::schemaJson).distinct().count() == 1;
  }

  /** Whether a published file has the columns; in one that has not they are null, and null equals nothing. */
  private boolean known(List<String> scope) {
    return published.data().stream().map(StoredFile::schemaJson).distinct().anyMatch(schema -> names(schema).containsAll(scope));
  }

  private static List<String> names(String schemaJson) {
    try {
      return Schema.fromJSON(schemaJson).getFields().stream().map(Field::getName).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Result result(Path added, long rows, Path deletes, long deleted) throws SQLException, IOException {
    List<StoredFile> files = new ArrayList<>(published.files());
    // A table keeps a file even if it has no rows: it holds the columns.
    if (rows > 0 || files.isEmpty()) {
      files.add(StoredFile.data(paths.relative(added), rows, Files.size(added), published.schemaJson()));
    } else {
      Files.delete(added);
    }
    if (deleted > 0) {
      files.add(deletes(session, paths, deletes, deleted));
    } else {
      Files.deleteIfExists(deletes);
    }
    return new Result(List.copyOf(files), rows, deleted);
  }

  /** A file of deletes that has been written. */
  static StoredFile deletes(DuckDBConnection session, ExtractPaths paths, Path file, long rows) throws SQLException, IOException {
    List<String> targets = Sql.texts(session, "SELECT DISTINCT file FROM " + rows(file) + " ORDER BY file");
    return new StoredFile(Kind.DELETES, paths.relative(file), rows, Files.size(file), "", targets);
  }

  private static String rows(Path file) {
    return "read_parquet([" + literal(file.toString()) + "])";
  }
}
