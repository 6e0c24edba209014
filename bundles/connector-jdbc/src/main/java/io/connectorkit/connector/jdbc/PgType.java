package io.connectorkit.connector.jdbc;

import io.connectorkit.api.Types;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.IntervalUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.ArrowType.ExtensionType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;

/** The types whose binary form is decoded; the server turns all others into text. */
enum PgType {
  BOOL(Types.bool(), true),
  INT2(new ArrowType.Int(16, true), true),
  INT4(Types.int32(), true),
  INT8(Types.int64(), true),
  OID(new ArrowType.Int(32, false), false),
  FLOAT4(new ArrowType.FloatingPoint(FloatingPointPrecision.SINGLE), false),
  FLOAT8(Types.float64(), false),
  /** Its Arrow type has the column's precision and scale. */
  NUMERIC(null, true),
  /** Its Arrow type has the scale of the server's currency. */
  MONEY(null, false),
  DATE(Types.date(), true),
  TIME(Types.time(), false),
  TIMESTAMP(Types.dateTime(), true),
  TIMESTAMPTZ(Types.instant(), true),
  INTERVAL(new ArrowType.Interval(IntervalUnit.MONTH_DAY_NANO), false),
  UUID(new ArrowType.FixedSizeBinary(16), false),
  TEXT(Types.text(), true),
  /** Text that cannot be compared with any other. */
  LABEL(Types.text(), false),
  JSON(Types.text(), false),
  JSONB(Types.text(), false),
  BYTEA(Types.binary(), false);

  private static final Map<String, PgType> NAMES = Map.of("varchar", TEXT, "bpchar", TEXT, "name", TEXT);

  private final ArrowType arrow;
  private final boolean comparable;

  PgType(ArrowType arrow, boolean comparable) {
    this.arrow = arrow;
    this.comparable = comparable;
  }

  /** The type with that name in pg_catalog; empty for those that come as text. */
  static Optional<PgType> named(String name) {
    if (NAMES.containsKey(name)) {
      return Optional.of(NAMES.get(name));
    }
    for (PgType type : values()) {
      if (type != LABEL && type.name().equalsIgnoreCase(name)) {
        return Optional.of(type);
      }
    }
    return Optional.empty();
  }

  /** Whether server and DuckDB compare its values alike. */
  boolean comparable() {
    return comparable;
  }

  /** A column of this type; another Arrow type where this one's depends on the column. */
  Field field(String name, boolean nullable, ArrowType exact, Map<String, String> metadata) {
    Map<String, String> all = new HashMap<>(metadata);
    if (this == UUID || this == JSON || this == JSONB) {
      all.put(ExtensionType.EXTENSION_METADATA_KEY_NAME, this == UUID ? "arrow.uuid" : "arrow.json");
      all.put(ExtensionType.EXTENSION_METADATA_KEY_METADATA, "");
    }
    return new Field(name, new FieldType(nullable, exact == null ? arrow : exact, null, all), null);
  }
}
