package io.connectorkit.runtime.internal.types;

import java.util.List;
import java.util.stream.Collectors;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;

/** Names and types of columns, without what does not matter to their values. */
public final class Columns {

  private Columns() {}

  /** For people, and to compare. */
  public static String text(Schema schema) {
    return text(schema.getFields());
  }

  static String text(List<Field> fields) {
    return fields.stream().map(Columns::text).collect(Collectors.joining(", "));
  }

  private static String text(Field field) {
    return field.getName() + " " + field.getType() + (field.getChildren().isEmpty() ? "" : "<" + text(field.getChildren()) + ">");
  }

  /** Whether vectors of these columns can take each other's values; vectors do not keep the names of the items of lists. */
  static boolean same(List<Field> one, List<Field> other) {
    return same(one, other, true);
  }

  private static boolean same(List<Field> one, List<Field> other, boolean names) {
    if (one.size() != other.size()) {
      return false;
    }
    for (int i = 0; i < one.size(); i++) {
      if (!same(one.get(i), other.get(i), names)) {
        return false;
      }
    }
    return true;
  }

  private static boolean same(Field one, Field other, boolean names) {
    return one == other || one.getType().equals(other.getType()) && (!names || one.getName().equals(other.getName()))
        && same(one.getChildren(), other.getChildren(), one.getType() instanceof ArrowType.Struct);
  }
}
