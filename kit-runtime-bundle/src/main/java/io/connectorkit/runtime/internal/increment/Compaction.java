package io.connectorkit.runtime.internal.increment;

import static io.connectorkit.runtime.internal.duckdb.DuckDb.literal;

import io.connectorkit.runtime.internal.duckdb.Sql;
import io.connectorkit.runtime.internal.store.ExtractPaths;
import io.connectorkit.runtime.internal.store.StoredFile;
import io.connectorkit.runtime.internal.store.TableRecord;
import io.connectorkit.runtime.internal.store.TableView;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.duckdb.DuckDBConnection;

/**
 * Puts the files of a table together before there are so many that reads suffer. Young files are merged with each other until they weigh
 * as much as an older one (tiers, as in a log-structured merge tree), so that a row is written again only a few times in its life.
 */
public final class Compaction {

  private static final int MAX_FILES = 5;
  private static final double MAX_DELETED = 0.1;
  /** So few rows cost no read anything. */
  private static final long FEW_ROWS = 10_000;

  private final DuckDBConnection session;
  private final ExtractPaths paths;
  private final String run;

  /**
   * Prepares.
   *
   * @param run names the folder of the new files
   */
  public Compaction(DuckDBConnection session, ExtractPaths paths, String run) {
    this.session = session;
    this.paths = paths;
    this.run = run;
  }

  /** Whether the files of a table should be put together. */
  public static boolean due(TableRecord table) {
    return table.partitions().values().stream().anyMatch(Compaction::partDue);
  }

  private static boolean partDue(TableRecord table) {
    return table.data().size() > MAX_FILES || table.deletes().size() > MAX_FILES || holed(table);
  }

  private static boolean holed(TableRecord table) {
    return deleted(table) > Math.max(FEW_ROWS, MAX_DELETED * written(table));
  }

  private static long written(TableRecord table) {
    return table.data().stream().mapToLong(StoredFile::rows).sum();
  }

  private static long deleted(TableRecord table) {
    return written(table) - table.rows();
  }

  /** The same table in fewer files, which still have to be published; of a partitioned one only months are written anew that need it. */
  public TableRecord compact(TableRecord table) throws SQLException, IOException {
    List<StoredFile> files = new ArrayList<>();
    for (var part : table.partitions().entrySet()) {
      files.addAll(partDue(part.getValue()) ? compact(part.getKey(), part.getValue()) : part.getValue().files());
    }
    return table.with(files);
  }

  private List<StoredFile> compact(String month, TableRecord table) throws SQLException, IOException {
    List<StoredFile> young = young(table);
    List<StoredFile> files = new ArrayList<>(table.data().subList(0, table.data().size() - young.size()));
    String kept = files.stream().map(file -> literal(file.path())).collect(Collectors.joining(", "));
    if (!young.isEmpty()) {
      addRows(files, TableView.select(paths.root(), table, young), paths.snapshot(run, table.table(), month), table.schemaJson());
    }
    if (!table.deletes().isEmpty() && !kept.isEmpty()) {
      addDeletes(files, "SELECT file, pos FROM read_parquet(" + TableView.files(paths.root(), table.deletes()) + ") WHERE file IN (" + kept
          + ") ORDER BY file, pos", paths.snapshot(run, table.table(), Months.deletes(month)));
    }
    return files.stream().map(file -> file.in(month)).toList();
  }

  private void addRows(List<StoredFile> files, String select, Path file, String schemaJson) throws SQLException, IOException {
    long rows = written(select, file);
    // A table keeps a file even if all its rows are gone: it holds the columns.
    if (rows > 0 || files.isEmpty()) {
      files.add(StoredFile.data(paths.relative(file), rows, Files.size(file), schemaJson));
    } else {
      Files.delete(file);
    }
  }

  private void addDeletes(List<StoredFile> files, String select, Path file) throws SQLException, IOException {
    long rows = written(select, file);
    if (rows > 0) {
      files.add(Merge.deletes(session, paths, file, rows));
    } else {
      Files.delete(file);
    }
  }

  private long written(String select, Path file) throws SQLException, IOException {
    Files.createDirectories(file.getParent());
    return Sql.copy(session, select, file);
  }

  /** The newest files that are worth merging with each other; all of them once too many rows are deleted. */
  private static List<StoredFile> young(TableRecord table) {
    List<StoredFile> data = table.data();
    if (holed(table)) {
      return data;
    }
    if (data.size() <= MAX_FILES) {
      return List.of();
    }
    int from = data.size() - 2;
    long rows = data.get(from).rows() + data.get(from + 1).rows();
    while (from > 0 && data.get(from - 1).rows() <= 2 * rows) {
      from--;
      rows += data.get(from).rows();
    }
    return data.subList(from, data.size());
  }
}
