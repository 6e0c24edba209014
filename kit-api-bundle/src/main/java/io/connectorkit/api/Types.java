package io.connectorkit.api;

import org.apache.arrow.vector.types.DateUnit;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;

/**
 * Short names for the Arrow types that connectors use most. Any other Arrow type may stand beside them: the README of this module
 * has the table of what becomes of each.
 */
public final class Types {

  private Types() {}

  /** Text, UTF-8. */
  public static ArrowType text() {
    return ArrowType.Utf8.INSTANCE;
  }

  /** True or false. */
  public static ArrowType bool() {
    return ArrowType.Bool.INSTANCE;
  }

  /** Signed, 32 bits. */
  public static ArrowType int32() {
    return new ArrowType.Int(32, true);
  }

  /** Signed, 64 bits. */
  public static ArrowType int64() {
    return new ArrowType.Int(64, true);
  }

  /** IEEE 754, 64 bits. */
  public static ArrowType float64() {
    return new ArrowType.FloatingPoint(FloatingPointPrecision.DOUBLE);
  }

  /**
   * Exact decimal number.
   *
   * @param precision digits in all, 1 to 38
   * @param scale digits behind the point, 0 to {@code precision}
   */
  public static ArrowType decimal(int precision, int scale) {
    if (precision < 1 || precision > 38 || scale < 0 || scale > precision) {
      throw new IllegalArgumentException("decimal(" + precision + ", " + scale + "): precision is 1 to 38, scale 0 to precision");
    }
    return new ArrowType.Decimal(precision, scale, 128);
  }

  /** Day without time. */
  public static ArrowType date() {
    return new ArrowType.Date(DateUnit.DAY);
  }

  /** Time of day, in microseconds. */
  public static ArrowType time() {
    return new ArrowType.Time(TimeUnit.MICROSECOND, 64);
  }

  /** Point in time, in microseconds, UTC. */
  public static ArrowType instant() {
    return new ArrowType.Timestamp(TimeUnit.MICROSECOND, "UTC");
  }

  /** Date and time on a calendar without a zone, in microseconds. */
  public static ArrowType dateTime() {
    return new ArrowType.Timestamp(TimeUnit.MICROSECOND, null);
  }

  /** Bytes. */
  public static ArrowType binary() {
    return ArrowType.Binary.INSTANCE;
  }
}
