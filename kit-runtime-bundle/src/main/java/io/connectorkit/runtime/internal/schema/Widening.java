package io.connectorkit.runtime.internal.schema;

import java.util.Optional;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.pojo.ArrowType;

/** The narrowest type that holds every value of two types exactly. */
public final class Widening {

  private static final int MAX_PRECISION = 38;

  private Widening() {}

  /**
   * The common type; text for whatever meets text.
   *
   * @return empty if there is none
   */
  static Optional<ArrowType> of(ArrowType one, ArrowType other) {
    if (one.equals(other)) {
      return Optional.of(one);
    }
    if (one instanceof ArrowType.Utf8 || other instanceof ArrowType.Utf8) {
      return isNested(one) || isNested(other) ? Optional.empty() : Optional.of(ArrowType.Utf8.INSTANCE);
    }
    if (one instanceof ArrowType.Int a && other instanceof ArrowType.Int b) {
      return integers(a, b);
    }
    if (one instanceof ArrowType.FloatingPoint a) {
      return floating(a, other);
    }
    if (other instanceof ArrowType.FloatingPoint b) {
      return floating(b, one);
    }
    return decimals(one, other);
  }

  /** Whether a type without parts holds every value of another one exactly; bytes are no text. */
  public static boolean holds(ArrowType type, ArrowType other) {
    return !isNested(type) && of(type, other).filter(type::equals).isPresent() && (type.equals(other) || !(other instanceof ArrowType.Binary));
  }

  private static boolean isNested(ArrowType type) {
    return type.isComplex();
  }

  private static Optional<ArrowType> integers(ArrowType.Int a, ArrowType.Int b) {
    if (a.getIsSigned() == b.getIsSigned()) {
      return Optional.of(a.getBitWidth() > b.getBitWidth() ? a : b);
    }
    ArrowType.Int signed = a.getIsSigned() ? a : b;
    int unsigned = (a.getIsSigned() ? b : a).getBitWidth();
    int bits = Math.max(signed.getBitWidth(), unsigned * 2);
    return Optional.of(bits <= 64 ? new ArrowType.Int(bits, true) : new ArrowType.Decimal(20, 0, 128));
  }

  private static Optional<ArrowType> floating(ArrowType.FloatingPoint a, ArrowType other) {
    boolean fits = other instanceof ArrowType.FloatingPoint || (other instanceof ArrowType.Int integer && integer.getBitWidth() <= 32);
    return fits ? Optional.of(new ArrowType.FloatingPoint(FloatingPointPrecision.DOUBLE)) : Optional.empty();
  }

  private static Optional<ArrowType> decimals(ArrowType one, ArrowType other) {
    ArrowType.Decimal a = decimal(one);
    ArrowType.Decimal b = decimal(other);
    if (a == null || b == null) {
      return Optional.empty();
    }
    int scale = Math.max(a.getScale(), b.getScale());
    int digits = Math.max(a.getPrecision() - a.getScale(), b.getPrecision() - b.getScale());
    return digits + scale <= MAX_PRECISION ? Optional.of(new ArrowType.Decimal(digits + scale, scale, 128)) : Optional.empty();
  }

  private static ArrowType.Decimal decimal(ArrowType type) {
    if (type instanceof ArrowType.Decimal decimal) {
      return decimal;
    }
    if (type instanceof ArrowType.Int integer) {
      int[] digits = {3, 5, 10, integer.getIsSigned() ? 19 : 20};
      return new ArrowType.Decimal(digits[Integer.numberOfTrailingZeros(integer.getBitWidth() / 8)], 0, 128);
    }
    return null;
  }

  /** DuckDB's name of a type that {@link #of} may give beside the two it was given. */
  public static String duckDb(ArrowType type) {
    if (type instanceof ArrowType.Int integer) {
      String[] names = {"TINYINT", "SMALLINT", "INTEGER", "BIGINT"};
      return (integer.getIsSigned() ? "" : "U") + names[Integer.numberOfTrailingZeros(integer.getBitWidth() / 8)];
    }
    if (type instanceof ArrowType.FloatingPoint floating) {
      return floating.getPrecision() == FloatingPointPrecision.SINGLE ? "FLOAT" : "DOUBLE";
    }
    if (type instanceof ArrowType.Decimal decimal) {
      return "DECIMAL(" + decimal.getPrecision() + ", " + decimal.getScale() + ")";
    }
    return "VARCHAR";
  }
}
