package io.connectorkit.runtime.internal.schema;

import io.connectorkit.runtime.internal.schema.SchemaChange.Kind;
import io.connectorkit.runtime.internal.types.ColumnNotes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;

/** Compares published schemas by name; the order of columns means nothing, and of the metadata only the unit of cast columns does. */
public final class SchemaDiff {

  private SchemaDiff() {}

  /** The differences, sorted by path. */
  public static List<SchemaChange> of(Schema before, List<String> keyBefore, Schema after, List<String> keyAfter) {
    List<SchemaChange> changes = new ArrayList<>();
    compare("", before.getFields(), after.getFields(), changes);
    changes.sort(Comparator.comparing(SchemaChange::path).thenComparing(SchemaChange::kind));
    if (!keyBefore.equals(keyAfter)) {
      changes.add(new SchemaChange(Kind.KEY, "", keyBefore.toString(), keyAfter.toString()));
    }
    return List.copyOf(changes);
  }

  /**
   * Columns of both schemas whose values cannot simply stand among the published ones.
   *
   * @param next the columns as they would be stored
   */
  public static List<String> retyped(Schema published, Schema next) {
    Map<String, Field> old = byName(published.getFields());
    return next.getFields().stream().filter(field -> old.containsKey(field.getName()) && retyped(old.get(field.getName()), field))
        .map(Field::getName).toList();
  }

  private static boolean retyped(Field published, Field next) {
    List<SchemaChange> changes = new ArrayList<>();
    compare("", published.getChildren(), next.getChildren(), changes);
    changes.removeIf(change -> change.kind() == Kind.NULLABILITY);
    boolean same = ColumnNotes.delivered(published).equals(ColumnNotes.delivered(next)) && ColumnNotes.unit(published).equals(ColumnNotes.unit(next));
    boolean wider = !same && Widening.of(published.getType(), next.getType()).filter(published.getType()::equals).isEmpty();
    return wider || !changes.isEmpty();
  }

  private static void compare(String prefix, List<Field> before, List<Field> after, List<SchemaChange> changes) {
    Map<String, Field> old = byName(before);
    Map<String, Field> now = byName(after);
    old.forEach((name, field) -> {
      if (!now.containsKey(name)) {
        changes.add(new SchemaChange(Kind.REMOVED, prefix + name, type(field), ""));
      }
    });
    now.forEach((name, field) -> {
      if (!old.containsKey(name)) {
        changes.add(new SchemaChange(Kind.ADDED, prefix + name, "", type(field)));
      } else {
        compare(prefix + name, old.get(name), field, changes);
      }
    });
  }

  private static void compare(String path, Field before, Field after, List<SchemaChange> changes) {
    if (!before.getType().equals(after.getType()) || !ColumnNotes.unit(before).equals(ColumnNotes.unit(after))) {
      changes.add(new SchemaChange(Kind.TYPE, path, type(before), type(after)));
    } else {
      compare(path + ".", before.getChildren(), after.getChildren(), changes);
    }
    if (before.isNullable() != after.isNullable()) {
      changes.add(new SchemaChange(Kind.NULLABILITY, path, nullability(before), nullability(after)));
    }
  }

  private static Map<String, Field> byName(List<Field> fields) {
    Map<String, Field> result = new LinkedHashMap<>();
    fields.forEach(field -> result.put(field.getName(), field));
    return result;
  }

  private static String nullability(Field field) {
    return field.isNullable() ? "nullable" : "not null";
  }

  static String type(Field field) {
    String unit = ColumnNotes.unit(field);
    return field.getType() + (unit.isEmpty() ? "" : " in " + unit);
  }
}
