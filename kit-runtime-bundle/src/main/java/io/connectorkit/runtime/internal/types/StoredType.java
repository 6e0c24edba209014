package io.connectorkit.runtime.internal.types;

import static io.connectorkit.runtime.internal.duckdb.DuckDb.identifier;

import java.util.List;
import java.util.stream.Collectors;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;

/** The DuckDB type that a stored column has when its Parquet file is read. */
public final class StoredType {

  private static final List<String> INTEGERS = List.of("TINYINT", "SMALLINT", "INTEGER", "BIGINT");

  private StoredType() {}

  /** Its name in SQL. */
  public static String of(Field field) {
    String extension = String.valueOf(ColumnNotes.extension(field));
    return switch (extension) {
      case "arrow.uuid" -> "UUID";
      case "arrow.json" -> "JSON";
      case "arrow.bool8" -> "BOOLEAN";
      default -> of(field, field.getType() instanceof ArrowType.ExtensionType type ? type.storageType() : field.getType());
    };
  }

  private static String of(Field field, ArrowType type) {
    return switch (type.getTypeID()) {
      case Bool -> "BOOLEAN";
      case Int -> integer((ArrowType.Int) type);
      case FloatingPoint -> ((ArrowType.FloatingPoint) type).getPrecision() == FloatingPointPrecision.SINGLE ? "FLOAT" : "DOUBLE";
      case Decimal -> "DECIMAL(" + ((ArrowType.Decimal) type).getPrecision() + "," + ((ArrowType.Decimal) type).getScale() + ")";
      case Utf8, LargeUtf8, Utf8View -> "VARCHAR";
      case Binary, LargeBinary, BinaryView, FixedSizeBinary -> "BLOB";
      case Date -> "DATE";
      case Time -> "TIME";
      case Timestamp -> timestamp((ArrowType.Timestamp) type);
      case List, LargeList, FixedSizeList, ListView, LargeListView -> of(field.getChildren().get(0)) + "[]";
      case Struct -> "STRUCT(" + fields(field) + ")";
      case Map -> {
        List<Field> entry = field.getChildren().get(0).getChildren();
        yield "MAP(" + of(entry.get(0)) + ", " + of(entry.get(1)) + ")";
      }
      case Null -> "\"NULL\"";
      default -> throw new IllegalArgumentException(field + " is no stored column");
    };
  }

  private static String integer(ArrowType.Int type) {
    return (type.getIsSigned() ? "" : "U") + INTEGERS.get(Integer.numberOfTrailingZeros(type.getBitWidth() / Byte.SIZE));
  }

  private static String timestamp(ArrowType.Timestamp type) {
    return type.getTimezone() != null ? "TIMESTAMP WITH TIME ZONE" : type.getUnit() == TimeUnit.NANOSECOND ? "TIMESTAMP_NS" : "TIMESTAMP";
  }

  private static String fields(Field field) {
    return field.getChildren().stream().map(child -> identifier(child.getName()) + " " + of(child)).collect(Collectors.joining(", "));
  }
}
