package io.connectorkit.runtime.internal.types;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.arrow.vector.types.DateUnit;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;

/** Which Arrow types are not stored as they are, and why. All others are. */
final class TypeTable {

  private static final int MAX_DIGITS = 38;
  private static final ArrowType LONG = new ArrowType.Int(64, true);
  private static final ArrowType INT = new ArrowType.Int(32, true);

  private TypeTable() {}

  /**
   * A type that is stored as another one.
   *
   * @param children of the stored type
   * @param words the cast, for people
   * @param metadata for the stored column, beside what every cast leaves there
   */
  record Recast(ArrowType stored, List<Field> children, String words, Map<String, String> metadata, VectorCast cast) {

    private Recast(ArrowType stored, String words, VectorCast cast) {
      this(stored, List.of(), words, Map.of(), cast);
    }

    private static Recast number(ArrowType stored, String unit) {
      return new Recast(stored, List.of(), "integer, in " + unit, Map.of(ColumnNotes.UNIT, unit), Casts::relabel);
    }
  }

  /** The cast for a type, or null. */
  static Recast recast(ArrowType type) {
    if (type instanceof ArrowType.FloatingPoint floating && floating.getPrecision() == FloatingPointPrecision.HALF) {
      return new Recast(new ArrowType.FloatingPoint(FloatingPointPrecision.SINGLE), "float32", Casts::halfToSingle);
    }
    if (type instanceof ArrowType.Decimal decimal) {
      return decimal(decimal);
    }
    if (type instanceof ArrowType.Date date && date.getUnit() == DateUnit.MILLISECOND) {
      // DuckDB would drop the time of day, which this type has although it should not.
      return new Recast(new ArrowType.Timestamp(TimeUnit.MILLISECOND, null), "timestamp in milliseconds without a zone", Casts::relabel);
    }
    // One TIME_NS or TIMESTAMPTZ_NS in a view, and no DuckDB 1.x opens the extract any more, nor the database over all extracts.
    if (type instanceof ArrowType.Time time && time.getUnit() == TimeUnit.NANOSECOND) {
      return Recast.number(LONG, "nanoseconds since midnight");
    }
    if (type instanceof ArrowType.Timestamp instant && instant.getUnit() == TimeUnit.NANOSECOND && instant.getTimezone() != null) {
      return new Recast(new ArrowType.Timestamp(TimeUnit.NANOSECOND, null), List.of(), "timestamp in nanoseconds without a zone, in UTC",
          Map.of(ColumnNotes.UNIT, "UTC", ColumnNotes.TIME_ZONE, instant.getTimezone()), Casts::relabel);
    }
    // Parquet has no negative intervals, and none finer than a millisecond.
    if (type instanceof ArrowType.Duration duration) {
      return Recast.number(LONG, duration.getUnit().name().toLowerCase(Locale.ROOT) + "s");
    }
    return type instanceof ArrowType.Interval interval ? interval(interval) : null;
  }

  private static Recast interval(ArrowType.Interval interval) {
    return switch (interval.getUnit()) {
      case YEAR_MONTH -> Recast.number(INT, "months");
      case DAY_TIME -> new Recast(ArrowType.Struct.INSTANCE, List.of(Field.nullable("days", INT), Field.nullable("milliseconds", INT)),
          "struct of days and milliseconds", Map.of(), Casts::dayTime);
      case MONTH_DAY_NANO -> new Recast(ArrowType.Struct.INSTANCE,
          List.of(Field.nullable("months", INT), Field.nullable("days", INT), Field.nullable("nanoseconds", LONG)),
          "struct of months, days and nanoseconds", Map.of(), Casts::monthDayNano);
    };
  }

  private static Recast decimal(ArrowType.Decimal decimal) {
    int scale = Math.max(0, decimal.getScale());
    int digits = Math.max(scale, decimal.getPrecision() - Math.min(0, decimal.getScale()));
    if (digits > MAX_DIGITS) {
      return new Recast(ArrowType.Utf8.INSTANCE, "decimal number as text, every digit kept", Casts::decimalText);
    }
    ArrowType.Decimal stored = new ArrowType.Decimal(digits, scale, 128);
    return stored.equals(decimal) ? null : new Recast(stored, "decimal(" + digits + ", " + scale + ")", Casts::decimal);
  }

  /** What to deliver instead of a type that has no cast without loss; null if it can be stored. */
  static String remedy(Field field) {
    ArrowType type = field.getType();
    if (type instanceof ArrowType.Struct && field.getChildren().isEmpty()) {
      return "a struct with at least one field, which Parquet demands";
    }
    if (type instanceof ArrowType.Union) {
      return "a struct with one field per case";
    }
    if (type instanceof ArrowType.Decimal decimal && decimal.getBitWidth() < 128) {
      return "a decimal of 128 bits";
    }
    return null;
  }

  /** The same for an extension type, by its name. */
  static String remedyForExtension(String name) {
    // DuckDB would make one of its own types of it, and most of those change in Parquet without a word: a HUGEINT becomes a DOUBLE.
    return name != null && (name.startsWith("duckdb.") || name.equals("arrow.parquet.variant"))
        ? "the value as decimal, text or bytes, without the name of the extension" : null;
  }
}
