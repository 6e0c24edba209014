package io.connectorkit.connector.bigquery;

import io.connectorkit.api.ConnectorException;
import io.connectorkit.api.TableInfo;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.arrow.vector.types.DateUnit;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.IntervalUnit;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;

/** The Arrow types in which the Storage API delivers those of BigQuery, told from the schema that the REST API gives. */
final class Types {

  /** Key of the field metadata that says what a text is. */
  static final String EXTENSION = "ARROW:extension:name";

  private Types() {}

  /** A column, or a field of one. */
  static Field field(Map<?, ?> json) {
    String name = String.valueOf(json.get("name"));
    String mode = text(json, "mode").orElse("NULLABLE");
    Map<String, String> metadata = new HashMap<>();
    text(json, "description").ifPresent(description -> metadata.put(TableInfo.DESCRIPTION, description));
    if (mode.equals("REPEATED")) {
      return new Field(name, new FieldType(true, ArrowType.List.INSTANCE, null, metadata), List.of(one("item", true, json, new HashMap<>())));
    }
    return one(name, !mode.equals("REQUIRED"), json, metadata);
  }

  private static Field one(String name, boolean nullable, Map<?, ?> json, Map<String, String> metadata) {
    String type = text(json, "type").orElse("").toUpperCase(Locale.ROOT);
    boolean picoseconds = type.equals("TIMESTAMP") && number(json, "timestampPrecision", 6) > 6;
    switch (picoseconds ? "PICOSECONDS" : type) {
      case "JSON" -> metadata.put(EXTENSION, "arrow.json");
      case "GEOGRAPHY", "PICOSECONDS" -> metadata.put(EXTENSION, "google:sqlType:" + type.toLowerCase(Locale.ROOT));
      default -> { }
    }
    List<Field> children = switch (type) {
      case "RECORD", "STRUCT" -> json.get("fields") instanceof List<?> fields ? fields.stream().map(each -> field((Map<?, ?>) each)).toList() : List.of();
      case "RANGE" -> List.of(end("start", json), end("end", json));
      default -> List.of();
    };
    return new Field(name, new FieldType(nullable, picoseconds ? ArrowType.Utf8.INSTANCE : type(name, type, json), null, metadata), children);
  }

  private static Field end(String name, Map<?, ?> json) {
    return one(name, true, json.get("rangeElementType") instanceof Map<?, ?> element ? element : Map.of(), new HashMap<>());
  }

  private static ArrowType type(String name, String type, Map<?, ?> json) {
    return switch (type) {
      case "STRING", "JSON", "GEOGRAPHY" -> ArrowType.Utf8.INSTANCE;
      case "BYTES" -> ArrowType.Binary.INSTANCE;
      case "INTEGER", "INT64" -> new ArrowType.Int(64, true);
      case "FLOAT", "FLOAT64" -> new ArrowType.FloatingPoint(FloatingPointPrecision.DOUBLE);
      case "BOOLEAN", "BOOL" -> ArrowType.Bool.INSTANCE;
      case "NUMERIC" -> decimal(json, 38, 9, 128);
      case "BIGNUMERIC" -> decimal(json, 76, 38, 256);
      case "DATE" -> new ArrowType.Date(DateUnit.DAY);
      case "TIME" -> new ArrowType.Time(TimeUnit.MICROSECOND, 64);
      case "DATETIME" -> new ArrowType.Timestamp(TimeUnit.MICROSECOND, null);
      case "TIMESTAMP" -> new ArrowType.Timestamp(TimeUnit.MICROSECOND, "UTC");
      case "INTERVAL" -> new ArrowType.Interval(IntervalUnit.MONTH_DAY_NANO);
      case "RECORD", "STRUCT", "RANGE" -> ArrowType.Struct.INSTANCE;
      default -> throw ConnectorException.permanent("column '" + name + "' is of type '" + type + "', which this connector does not know;"
          + " leave it out by a view", null);
    };
  }

  /** A declared precision without a scale has none behind the point. */
  private static ArrowType decimal(Map<?, ?> json, int precision, int scale, int bits) {
    int declared = number(json, "precision", 0);
    return declared == 0 ? new ArrowType.Decimal(precision, scale, bits) : new ArrowType.Decimal(declared, number(json, "scale", 0), bits);
  }

  private static int number(Map<?, ?> json, String key, int otherwise) {
    return text(json, key).map(Integer::parseInt).orElse(otherwise);
  }

  private static Optional<String> text(Map<?, ?> json, String key) {
    return Optional.ofNullable(json.get(key)).map(String::valueOf).filter(text -> !text.isEmpty());
  }
}
