package io.connectorkit.runtime.internal.types;

import java.util.HashMap;
import java.util.Map;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;

/** What a published column says about its past, in the metadata of its Arrow field. */
public final class ColumnNotes {

  /** What the integers of a cast column count, or the zone that its timestamps are in: another one is another type. */
  static final String UNIT = "connectorkit.unit";
  /** The zone that the connector gave and the stored type cannot hold. */
  static final String TIME_ZONE = "connectorkit.time_zone";

  static final String EXTENSION = "ARROW:extension:name";
  static final String DELIVERED = "connectorkit.delivered";
  private static final String CAST = "connectorkit.cast";

  private ColumnNotes() {}

  /** Metadata for a column that is not stored as it was delivered; what an earlier cast has noted as delivered stays. */
  public static FieldType noted(boolean nullable, ArrowType stored, Field delivered, String words, Map<String, String> more) {
    Map<String, String> metadata = new HashMap<>(delivered.getMetadata());
    metadata.putIfAbsent(DELIVERED, delivered.getType().toString());
    metadata.put(CAST, words);
    metadata.putAll(more);
    return new FieldType(nullable, stored, null, metadata);
  }

  /** The type that the connector delivered. */
  public static String delivered(Field field) {
    return field.getMetadata().getOrDefault(DELIVERED, field.getType().toString());
  }

  /** The cast in words; empty if there is none. */
  static String cast(Field field) {
    return field.getMetadata().getOrDefault(CAST, "");
  }

  /** What the column's integers count; empty if its type says it all. */
  public static String unit(Field field) {
    return field.getMetadata().getOrDefault(UNIT, "");
  }

  /** The zone that the connector gave for the column's instants, or null. */
  static String timeZone(Field field) {
    String zone = field.getType() instanceof ArrowType.Timestamp timestamp ? timestamp.getTimezone() : null;
    return field.getMetadata().getOrDefault(TIME_ZONE, zone);
  }

  /** What the source says about the column, or null. */
  static String description(Field field) {
    return field.getMetadata().get("description");
  }

  /** The name of the extension type that the column's values are of, or null. */
  static String extension(Field field) {
    return field.getType() instanceof ArrowType.ExtensionType type ? type.extensionName() : field.getMetadata().get(EXTENSION);
  }
}
