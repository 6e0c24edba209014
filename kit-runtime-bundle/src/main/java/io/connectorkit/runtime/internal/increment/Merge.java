package io.connectorkit.runtime.internal.increment;

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

  private final DuckDBConnection session;
  private final ExtractPaths paths;
  private final String run;
  private final TableInfo table;
  private final TableRecord published;
  private final Optional<Cursor> cursor;
  private final String columns;

  /**
   * Prepares.
   *
   * @param run names the folder of the new files
   * @param published the table with its present files and its next schema
   */
  public Merge(DuckDBConnection session, ExtractPaths paths, String run, TableInfo table, TableRecord published, Optional<Cursor> cursor)
      throws IOException {
    this.session = session;
    this.paths = paths;
    this.run = run;
    this.table = table;
    this.published = published;
    this.cursor = cursor;
    this.columns = Schema.fromJSON(published.schemaJson()).getFields().stream().map(Field::getName).map(name -> identifier(name))
        .collect(Collectors.joining(", "));
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
    Path added = paths.snapshot(run, table.viewName(), "");
    copy("SELECT " + columns + " FROM " + rows(delivered) + except("EXCEPT ALL", delivered), added);
    Files.delete(delivered);
    return result(added, 0);
  }

  /**
   * Puts each delivered row in the place of the one with its key; of several with one key the last counts. Those that are marked with
   * {@link #GONE} only take a row away.
   */
  public Result upsert(Path delivered) throws SQLException, IOException {
    String key = table.primaryKey().stream().map(column -> identifier(column)).collect(Collectors.joining(", "));
    String numbered = "read_parquet([" + literal(delivered.toString()) + "], file_row_number = true)";
    String latest = numbered + " WHERE file_row_number IN (SELECT max(file_row_number) FROM " + numbered + " GROUP BY " + key + ")";
    Path added = paths.snapshot(run, table.viewName(), "");
    copy("SELECT " + columns + " FROM " + latest + " AND NOT " + GONE + except("EXCEPT", delivered), added);
    String keys = "(SELECT " + key + " FROM " + rows(added) + " UNION ALL SELECT " + key + " FROM " + latest + " AND " + GONE + ")";
    long deleted = copy(positions(key, keys), paths.snapshot(run, table.viewName(), "deletes"));
    Files.delete(delivered);
    return result(added, deleted);
  }

  /** SQL that is true for rows that the source marks as deleted, and false for all others. */
  public static Optional<String> tombstone(TableInfo table) {
    return table.tombstoneColumn().map(column -> {
      boolean flag = table.schema().findField(column).getType() instanceof org.apache.arrow.vector.types.pojo.ArrowType.Bool;
      return flag ? "coalesce(" + identifier(column) + ", false)" : "(" + identifier(column) + " IS NOT NULL)";
    });
  }

  /**
   * Takes out the rows that were delivered before, since the lower bound is inclusive. Without a cursor nothing tells a row that was delivered
   * twice from one that is there twice.
   */
  private String except(String operator, Path delivered) throws SQLException {
    if (cursor.isEmpty()) {
      return "";
    }
    Optional<Watermark> lowest = cursor.get().lowest(session, "SELECT * FROM " + rows(delivered));
    return " " + operator + " SELECT " + columns + " FROM (" + TableView.select(paths.root(), published) + ") WHERE "
        + cursor.get().from(lowest);
  }

  /** Where keys stand in the published files, as far as they are not deleted there already. */
  private String positions(String key, String keys) {
    List<String> parts = new ArrayList<>();
    for (StoredFile file : published.data()) {
      parts.add("SELECT " + literal(file.path()) + " AS file, file_row_number AS pos FROM read_parquet("
          + TableView.files(paths.root(), List.of(file)) + ", file_row_number = true) JOIN " + keys + " USING (" + key + ")");
    }
    String all = String.join(" UNION ALL ", parts);
    return published.deletes().isEmpty() ? all
        : "SELECT * FROM (" + all + ") ANTI JOIN read_parquet(" + TableView.files(paths.root(), published.deletes()) + ") USING (file, pos)";
  }

  private Result result(Path added, long deleted) throws SQLException, IOException {
    List<StoredFile> files = new ArrayList<>(published.files());
    long rows = Sql.rows(session, added);
    if (rows > 0) {
      files.add(StoredFile.data(paths.relative(added), rows, Files.size(added), published.schemaJson()));
    } else {
      Files.delete(added);
    }
    Path deletes = paths.snapshot(run, table.viewName(), "deletes");
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

  private long copy(String select, Path file) throws SQLException {
    return Sql.copy(session, select, file);
  }

  private static String rows(Path file) {
    return "read_parquet([" + literal(file.toString()) + "])";
  }
}
