package io.connectorkit.runtime.internal.types;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * A published column, or a field within one.
 *
 * @param position of the column in its table, from 1; fields have that of their column
 * @param path name, and those of the fields below it, with points between
 * @param delivered Arrow type that the connector delivered
 * @param stored DuckDB type
 * @param cast from one to the other, in words; empty if there is none
 * @param timeZone that the connector gave; null if there is none
 * @param description that the source gives; null if there is none
 */
public record PublishedColumn(int position, String path, String delivered, String stored, String cast, String timeZone, String description) {

  /** The columns of a published schema in Arrow's JSON form, each followed by its fields. */
  public static List<PublishedColumn> of(String schemaJson) {
    List<PublishedColumn> columns = new ArrayList<>();
    try {
      int position = 1;
      for (Field field : Schema.fromJSON(schemaJson).getFields()) {
        add(columns, position++, field.getName(), field);
      }
      return columns;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void add(List<PublishedColumn> columns, int position, String path, Field field) {
    columns.add(new PublishedColumn(position, path, ColumnNotes.delivered(field), StoredType.of(field), ColumnNotes.cast(field),
        ColumnNotes.timeZone(field), ColumnNotes.description(field)));
    field.getChildren().forEach(child -> add(columns, position, path + "." + child.getName(), child));
  }
}
