package io.connectorkit.connector.files;

import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;

/** The way back from Arrow to the types that {@link Conversion} infers. */
final class ArrowTypes {

  private ArrowTypes() {}

  static String duckDb(Field field) {
    ArrowType type = field.getType();
    if (type instanceof ArrowType.Timestamp timestamp) {
      return timestamp.getTimezone() == null ? "TIMESTAMP" : "TIMESTAMPTZ";
    }
    return switch (type.getTypeID()) {
      case Bool -> "BOOLEAN";
      case Int -> "BIGINT";
      case FloatingPoint -> "DOUBLE";
      case Date -> "DATE";
      case Time -> "TIME";
      default -> "VARCHAR";
    };
  }
}
