package io.connectorkit.runtime.internal.increment;

import static io.connectorkit.runtime.internal.duckdb.DuckDb.identifier;
import static io.connectorkit.runtime.internal.duckdb.DuckDb.literal;

import io.connectorkit.api.TableInfo;
import io.connectorkit.host.KitException;
import io.connectorkit.runtime.internal.duckdb.Sql;
import io.connectorkit.runtime.internal.store.ExtractPaths;
import io.connectorkit.runtime.internal.store.StoredFile;
import io.connectorkit.runtime.internal.store.TableRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.duckdb.DuckDBConnection;

/** Cuts the rows of a partitioned table by the month of its partition column, in UTC. */
public final class Months {

  /** Where rows are that have no time, or one that no calendar page is of. */
  private static final String NONE = "none";

  private final ExtractPaths paths;
  private final String run;
  private final TableInfo table;
  private final Optional<String> column;

  /**
   * Prepares.
   *
   * @param run names the folder of the new files
   * @param published what the rows are added to; null if they are all. It is never mixed: what is not partitioned stays so until a full read
   */
  public Months(ExtractPaths paths, String run, TableInfo table, TableRecord published) {
    this.paths = paths;
    this.run = run;
    this.table = table;
    boolean whole = published != null && published.data().stream().anyMatch(file -> file.partition().isEmpty());
    this.column = table.partitionColumn().filter(name -> !whole);
  }

  /** Checks that a table's partition column, if it has one, has months. */
  static void requireMonths(TableInfo table) {
    table.partitionColumn().ifPresent(name -> {
      ArrowType type = table.schema().findField(name).getType();
      if (!(type instanceof ArrowType.Date) && !(type instanceof ArrowType.Timestamp)) {
        throw new KitException("KIT-3035", "table '" + table.viewName() + "', column '" + name + "': type " + type
            + " has no month to partition by; use a date or timestamp");
      }
    });
  }

  /** The name of the deletes of a month among the parts of a table. */
  static String deletes(String month) {
    return month.isEmpty() ? "deletes" : month + ".deletes";
  }

  /** Files of rows as they are to be published; those that are cut are taken away. */
  public List<StoredFile> cut(DuckDBConnection session, List<Path> files, String schemaJson) throws SQLException, IOException {
    List<StoredFile> stored = new ArrayList<>();
    if (column.isEmpty()) {
      for (Path file : files) {
        stored.add(stored(session, file, schemaJson));
      }
      return stored;
    }
    String time = "CAST(" + identifier(column.get()) + " AS TIMESTAMP)";
    String month = "CASE WHEN isfinite(" + time + ") AND year(" + time + ") BETWEEN 1000 AND 9999 THEN strftime(" + time + ", '%Y-%m') ELSE '"
        + NONE + "' END";
    List<String> months = Sql.texts(session, "SELECT DISTINCT " + month + " FROM " + Sql.parquet(files) + " ORDER BY 1");
    if (months.size() < 2 && files.size() == 1) {
      String only = months.isEmpty() ? NONE : months.get(0);
      Path file = Files.move(files.get(0), paths.snapshot(run, table.viewName(), only));
      return List.of(stored(session, file, schemaJson).in(only));
    }
    for (String each : months) {
      Path file = paths.snapshot(run, table.viewName(), each);
      Sql.copy(session, "SELECT * FROM " + Sql.parquet(files) + " WHERE " + month + " = " + literal(each), file);
      stored.add(stored(session, file, schemaJson).in(each));
    }
    for (Path file : files) {
      Files.delete(file);
    }
    return stored;
  }

  private StoredFile stored(DuckDBConnection session, Path file, String schemaJson) throws SQLException, IOException {
    return StoredFile.data(paths.relative(file), Sql.rows(session, file), Files.size(file), schemaJson);
  }
}
