package io.connectorkit.runtime.internal.store;

import static io.connectorkit.runtime.internal.duckdb.DuckDb.identifier;
import static io.connectorkit.runtime.internal.duckdb.DuckDb.literal;

import io.connectorkit.runtime.internal.schema.Widening;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;

/** SQL for the rows of a table: its files united by column name, without the rows that were replaced or deleted (merge on read). */
public final class TableView {

  private TableView() {}

  /** A SELECT over all files, in SQL that DuckDB 1.1 understands; one that fails with the reason if the rows are not here. */
  public static String select(Path root, TableRecord table) {
    return table.remote().isEmpty() ? select(root, table, table.data())
        : RemoteTable.failing(table.schemaJson(), "KIT-5010 " + root.getFileName() + "." + table.table() + " is queried at its source, through"
            + " DuckDB's extension '" + table.remote().get().attach().extension() + "', which only the host attaches; use 'kit query'");
  }

  /** A SELECT over some of the data files. */
  public static String select(Path root, TableRecord table, List<StoredFile> data) {
    List<String> parts = new ArrayList<>();
    List<StoredFile> alike = new ArrayList<>();
    for (StoredFile file : data) {
      if (!alike.isEmpty() && !together(table, alike.get(0), file)) {
        parts.add(part(root, table, alike));
        alike.clear();
      }
      alike.add(file);
    }
    parts.add(part(root, table, alike));
    return String.join(" UNION ALL ", parts);
  }

  private static boolean together(TableRecord table, StoredFile one, StoredFile other) {
    return one.schemaJson().equals(other.schemaJson()) && deletes(table, one).isEmpty() && deletes(table, other).isEmpty();
  }

  private static List<StoredFile> deletes(TableRecord table, StoredFile file) {
    return table.deletes().stream().filter(deletes -> deletes.targets().contains(file.path())).toList();
  }

  /** Files with the same columns; only one if rows of it may be deleted. */
  private static String part(Path root, TableRecord table, List<StoredFile> files) {
    List<StoredFile> deletes = deletes(table, files.get(0));
    String columns = files.get(0).schemaJson().equals(table.schemaJson()) ? null : columns(files.get(0), table);
    String paths = files(root, files);
    if (deletes.isEmpty()) {
      return "SELECT " + (columns == null ? "*" : columns) + " FROM read_parquet(" + paths + ")";
    }
    return "SELECT " + (columns == null ? "* EXCLUDE (file_row_number)" : columns) + " FROM read_parquet(" + paths
        + ", file_row_number = true) ANTI JOIN (SELECT pos AS file_row_number FROM read_parquet(" + files(root, deletes) + ") WHERE file = "
        + literal(files.get(0).path()) + ") USING (file_row_number)";
  }

  private static String columns(StoredFile file, TableRecord table) {
    Schema before = schema(file.schemaJson());
    return schema(table.schemaJson()).getFields().stream().map(field -> column(before, field)).collect(Collectors.joining(", "));
  }

  private static String column(Schema before, Field field) {
    String name = identifier(field.getName());
    Field old = before.getFields().stream().filter(each -> each.getName().equals(field.getName())).findFirst().orElse(null);
    if (old == null) {
      return "NULL AS " + name;
    }
    return old.getType().equals(field.getType()) ? name : "CAST(" + name + " AS " + Widening.duckDb(field.getType()) + ") AS " + name;
  }

  private static Schema schema(String json) {
    try {
      return Schema.fromJSON(json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A list of files for read_parquet; as a list, since a single name is taken for a pattern. */
  public static String files(Path root, List<StoredFile> files) {
    return files.stream().map(file -> literal(root.resolve(file.path()).toString())).collect(Collectors.joining(", ", "[", "]"));
  }
}
