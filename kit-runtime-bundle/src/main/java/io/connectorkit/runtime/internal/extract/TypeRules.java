package io.connectorkit.runtime.internal.extract;

import io.connectorkit.host.KitException;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.IntervalUnit;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;

/** Refuses the Arrow types that DuckDB cannot hold, would change without a word, or cannot hand on to its older versions. */
final class TypeRules {

  private TypeRules() {}

  /**
   * Checks every field, nested ones too.
   *
   * @throws KitException KIT-3004 naming table, column, type and remedy
   */
  static void check(String table, Schema schema) {
    Set<String> names = new HashSet<>();
    for (Field field : schema.getFields()) {
      if (!names.add(field.getName().toLowerCase(Locale.ROOT))) {
        throw new KitException("KIT-3004", "table '" + table + "', column '" + field.getName()
            + "': another column has the same name but for upper and lower case, which SQL does not tell apart; rename one");
      }
      check(table, field.getName(), field);
    }
  }

  private static void check(String table, String path, Field field) {
    String remedy = remedy(field.getType());
    if (remedy != null) {
      throw new KitException("KIT-3004", "table '" + table + "', column '" + path + "': type " + field.getType()
          + " cannot be stored so that every DuckDB client from 1.1 on reads it without loss; deliver " + remedy);
    }
    field.getChildren().forEach(child -> check(table, path + "." + child.getName(), child));
  }

  private static String remedy(ArrowType type) {
    if (type instanceof ArrowType.FloatingPoint floating && floating.getPrecision() == FloatingPointPrecision.HALF) {
      return "float32";
    }
    if (type instanceof ArrowType.Decimal decimal && (decimal.getBitWidth() > 128 || decimal.getScale() < 0)) {
      return "a decimal of at most 38 digits with a scale of 0 or more, or text";
    }
    if (type instanceof ArrowType.Union) {
      return "a struct with one field per case";
    }
    if (type instanceof ArrowType.Date date && date.getUnit() == org.apache.arrow.vector.types.DateUnit.MILLISECOND) {
      return "a date in days or a timestamp";
    }
    // One such column in a view, and no DuckDB 1.x opens the extract any more, nor the database over all extracts.
    if (type instanceof ArrowType.Time time && time.getUnit() == TimeUnit.NANOSECOND) {
      return "a time in microseconds, or int64 with the unit in the column's name";
    }
    if (type instanceof ArrowType.Timestamp instant && instant.getUnit() == TimeUnit.NANOSECOND && instant.getTimezone() != null) {
      return "an instant in microseconds, or a timestamp in nanoseconds without a zone";
    }
    if (type instanceof ArrowType.Interval interval && interval.getUnit() != IntervalUnit.YEAR_MONTH) {
      return "int64 with the unit in the column's name";
    }
    if (type instanceof ArrowType.Duration duration && duration.getUnit() != TimeUnit.SECOND
        && duration.getUnit() != TimeUnit.MILLISECOND) {
      return "int64 with the unit in the column's name";
    }
    return null;
  }
}
