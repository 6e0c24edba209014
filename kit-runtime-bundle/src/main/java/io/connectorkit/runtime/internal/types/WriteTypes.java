package io.connectorkit.runtime.internal.types;

import io.connectorkit.runtime.internal.duckdb.DuckDb;
import io.connectorkit.runtime.internal.schema.Widening;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.arrow.vector.types.DateUnit;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;

/** The columns that a query's values can be written into: those whose Arrow type DuckDB hands out as it is. */
public final class WriteTypes {

  private static final Pattern WITH_OFFSET = Pattern.compile("\\bTIME WITH TIME ZONE\\b");
  private static final Pattern QUOTED = Pattern.compile("\"[^\"]*\"|'[^']*'");

  private WriteTypes() {}

  /** The column as DuckDB hands it out: each timestamp with a zone in UTC, which is the same instant. */
  public static Field handedOut(Field field) {
    ArrowType type = field.getType() instanceof ArrowType.Timestamp time && time.getTimezone() != null
        ? new ArrowType.Timestamp(time.getUnit(), "UTC") : field.getType();
    return new Field(field.getName(), new FieldType(field.isNullable(), type, field.getDictionary(), field.getMetadata()),
        field.getChildren().stream().map(WriteTypes::handedOut).toList());
  }

  /**
   * Whether every value of a query's column goes into a table's column as it is.
   *
   * @param given as DuckDB hands it out
   * @param type DuckDB's name of the same type
   * @param wanted with a name of its type, see {@link #name}
   */
  public static boolean exact(Field given, String type, Field wanted) {
    if (WITH_OFFSET.matcher(QUOTED.matcher(type).replaceAll("")).find()) {
      return false;
    }
    Field target = handedOut(wanted);
    return sameType(given, target) || Widening.holds(target.getType(), given.getType());
  }

  private static boolean sameType(Field one, Field other) {
    return Columns.same(List.of(new Field("", one.getFieldType(), one.getChildren())), List.of(new Field("", other.getFieldType(), other.getChildren())));
  }

  /** DuckDB's name of a column's type; empty if it hands no values of that type out. */
  public static Optional<String> name(Field field) {
    if (field.getDictionary() != null || field.getMetadata().containsKey(ArrowType.ExtensionType.EXTENSION_METADATA_KEY_NAME)) {
      return Optional.empty();
    }
    ArrowType type = field.getType();
    if (type instanceof ArrowType.List) {
      return name(field.getChildren().get(0)).map(item -> item + "[]");
    }
    if (type instanceof ArrowType.Struct) {
      return names(field.getChildren(), true).map(fields -> "STRUCT(" + fields + ")");
    }
    if (type instanceof ArrowType.Map) {
      return names(field.getChildren().get(0).getChildren(), false).map(entry -> "MAP(" + entry + ")");
    }
    return Optional.ofNullable(scalar(type));
  }

  private static Optional<String> names(List<Field> fields, boolean named) {
    List<Optional<String>> types = fields.stream()
        .map(field -> name(field).map(type -> named ? DuckDb.identifier(field.getName()) + " " + type : type)).toList();
    return types.isEmpty() || types.stream().anyMatch(Optional::isEmpty) ? Optional.empty()
        : Optional.of(types.stream().map(Optional::get).collect(Collectors.joining(", ")));
  }

  private static String scalar(ArrowType type) {
    if (type instanceof ArrowType.Timestamp time) {
      return timestamp(time);
    }
    if (type instanceof ArrowType.FloatingPoint number) {
      return number.getPrecision() == FloatingPointPrecision.HALF ? null : Widening.duckDb(type);
    }
    if (type instanceof ArrowType.Decimal number) {
      return TypeTable.recast(type) == null && number.getBitWidth() == 128 ? Widening.duckDb(type) : null;
    }
    if (type instanceof ArrowType.Date date) {
      return date.getUnit() == DateUnit.DAY ? "DATE" : null;
    }
    if (type instanceof ArrowType.Time time) {
      return time.getUnit() == TimeUnit.MICROSECOND ? "TIME" : null;
    }
    return switch (type.getTypeID()) {
      case Int, Utf8 -> Widening.duckDb(type);
      case Bool -> "BOOLEAN";
      case Binary -> "BLOB";
      default -> null;
    };
  }

  private static String timestamp(ArrowType.Timestamp time) {
    if (time.getTimezone() != null) {
      return time.getUnit() == TimeUnit.MICROSECOND ? "TIMESTAMP WITH TIME ZONE" : null;
    }
    return switch (time.getUnit()) {
      case SECOND -> "TIMESTAMP_S";
      case MILLISECOND -> "TIMESTAMP_MS";
      case MICROSECOND -> "TIMESTAMP";
      case NANOSECOND -> "TIMESTAMP_NS";
    };
  }
}
