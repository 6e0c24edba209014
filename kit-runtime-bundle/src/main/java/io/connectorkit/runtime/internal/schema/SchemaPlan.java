package io.connectorkit.runtime.internal.schema;

import static io.connectorkit.runtime.internal.duckdb.DuckDb.identifier;

import io.connectorkit.host.KitException;
import io.connectorkit.runtime.internal.schema.SchemaChange.Kind;
import io.connectorkit.runtime.internal.types.ColumnNotes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * From delivered to published columns.
 *
 * @param schema of what is published
 * @param select what to select of the delivered rows
 * @param kept SQL for the columns that the source no longer has, without rows; empty if there are none
 * @param changes against what was published last
 */
public record SchemaPlan(Schema schema, String select, String kept, List<SchemaChange> changes) {

  /** The plan for a table that is published for the first time. */
  public static SchemaPlan first(Schema delivered) {
    return new SchemaPlan(delivered, names(delivered.getFields()), "", List.of());
  }

  /**
   * The plan for a table that has been published before.
   *
   * @param rows a SELECT of what is published
   * @throws KitException KIT-3016 if the policy does not allow the changes, or nothing holds the values of before and now exactly
   */
  public static SchemaPlan next(String table, SchemaPolicy policy, Schema published, List<SchemaChange> changes, Schema delivered,
      String rows) {
    List<SchemaChange> columns = changes.stream().filter(change -> change.kind() != Kind.NULLABILITY && change.kind() != Kind.KEY).toList();
    if (columns.isEmpty()) {
      return new SchemaPlan(delivered, names(delivered.getFields()), "", changes);
    }
    if (policy == SchemaPolicy.FREEZE) {
      throw new KitException("KIT-3016", "table '" + table + "': its columns are frozen and have changed: " + text(columns)
          + "; set schema_changes: evolve for it, or have the source changed back");
    }
    List<Field> fields = new ArrayList<>();
    List<String> select = new ArrayList<>();
    for (Field field : delivered.getFields()) {
      Field before = find(published, field.getName());
      if (before == null && policy == SchemaPolicy.DISCARD_COLUMNS) {
        continue;
      }
      ArrowType type = before == null ? field.getType() : common(table, before, field);
      String name = identifier(field.getName());
      select.add(type.equals(field.getType()) ? name : "CAST(" + name + " AS " + Widening.duckDb(type) + ") AS " + name);
      fields.add(type.equals(field.getType()) ? field : new Field(field.getName(),
          ColumnNotes.noted(field.isNullable(), type, field, "widened to what was published before", Map.of()), field.getChildren()));
    }
    List<Field> gone = published.getFields().stream().filter(field -> find(delivered, field.getName()) == null).toList();
    gone.forEach(field -> fields.add(new Field(field.getName(), new FieldType(true, field.getType(), null, field.getMetadata()),
        field.getChildren())));
    String kept = gone.isEmpty() ? "" : "SELECT " + names(gone) + " FROM (" + rows + ") LIMIT 0";
    return new SchemaPlan(new Schema(fields), String.join(", ", select), kept, changes);
  }

  private static ArrowType common(String table, Field before, Field now) {
    Optional<ArrowType> type = ColumnNotes.unit(before).equals(ColumnNotes.unit(now)) ? Widening.of(before.getType(), now.getType())
        : Optional.empty();
    return type.orElseThrow(() -> new KitException("KIT-3016", "table '" + table + "', column '" + now.getName() + "': "
        + SchemaDiff.type(before) + " was published and " + SchemaDiff.type(now) + " is delivered, and no type holds both exactly;"
        + " rename the column, or delete the instance's folder in extracts/ to begin anew"));
  }

  /**
   * SQL over the delivered rows.
   *
   * @param mark one more column in SQL; empty if there is none
   * @param condition in SQL, which the rows have to fulfil; empty if there is none
   */
  public String over(String source, String mark, String condition) {
    String rows = "SELECT " + select + (mark.isEmpty() ? "" : ", " + mark) + " FROM " + source + (condition.isEmpty() ? "" : " WHERE " + condition);
    return kept.isEmpty() ? rows : rows + " UNION ALL BY NAME (" + kept + ")";
  }

  private static String names(List<Field> fields) {
    return fields.stream().map(field -> identifier(field.getName())).collect(Collectors.joining(", "));
  }

  private static Field find(Schema schema, String name) {
    return schema.getFields().stream().filter(field -> field.getName().equals(name)).findFirst().orElse(null);
  }

  private static String text(List<SchemaChange> changes) {
    return changes.stream().map(SchemaChange::toString).collect(Collectors.joining(", "));
  }
}
