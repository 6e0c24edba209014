package io.connectorkit.connector.jdbc;

import io.connectorkit.connector.jdbc.PgDecoder.Refused;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.stream.LongStream;
import org.apache.arrow.vector.DecimalVector;

/** Decimals: groups of four decimal digits, with the power of ten thousand of the first one. */
final class PgNumeric implements PgValue {

  /** So many digits are in a long, whatever they are. */
  private static final int SMALL = 18;
  private static final long[] POWERS = LongStream.iterate(1, power -> power * 10).limit(SMALL + 1).toArray();
  private static final BigInteger TEN_THOUSAND = BigInteger.valueOf(10_000);

  private final int precision;
  private final int scale;

  PgNumeric(DecimalVector vector) {
    this.precision = vector.getPrecision();
    this.scale = vector.getScale();
  }

  @Override
  public void put(byte[] bytes, int at, byte[] values, int to) {
    int groups = PgValue.int2(bytes, at);
    int weight = PgValue.int2(bytes, at + 2);
    int sign = PgValue.int2(bytes, at + 4) & 0xffff;
    if (sign != 0 && sign != 0x4000) {
      throw new Refused((sign == 0xc000 ? "NaN" : sign == 0xd000 ? "Infinity" : "-Infinity") + " is no decimal(" + precision + ", " + scale + ")");
    }
    // What lies between the last group and the last digit of the column.
    int zeros = 4 * (weight - groups + 1) + scale;
    if (groups <= 4 && zeros >= -4 && 4 * groups + zeros <= SMALL) {
      long number = 0;
      for (int i = 0; i < groups; i++) {
        number = number * 10_000 + PgValue.int2(bytes, at + 8 + 2 * i);
      }
      long power = POWERS[Math.abs(zeros)];
      long scaled = zeros < 0 ? number / power : number * power;
      if ((zeros >= 0 || scaled * power == number) && (precision > SMALL || scaled < POWERS[precision])) {
        PgValue.decimal(values, to, sign == 0 ? scaled : -scaled);
        return;
      }
    }
    BigInteger unscaled = exact(bytes, at, groups, weight, sign != 0).unscaledValue();
    ARROW_LONG.set(values, to, unscaled.longValue());
    ARROW_LONG.set(values, to + 8, unscaled.shiftRight(64).longValue());
  }

  private BigDecimal exact(byte[] bytes, int at, int groups, int weight, boolean negative) {
    BigInteger number = BigInteger.ZERO;
    for (int i = 0; i < groups; i++) {
      number = number.multiply(TEN_THOUSAND).add(BigInteger.valueOf(PgValue.int2(bytes, at + 8 + 2 * i)));
    }
    BigDecimal value = new BigDecimal(negative ? number.negate() : number, 4 * (groups - 1 - weight));
    try {
      BigDecimal exact = value.setScale(scale, RoundingMode.UNNECESSARY);
      if (exact.precision() <= precision) {
        return exact;
      }
    } catch (ArithmeticException e) {
      throw refused(value);
    }
    throw refused(value);
  }

  private Refused refused(BigDecimal value) {
    return new Refused(value.stripTrailingZeros().toPlainString() + " is no decimal(" + precision + ", " + scale + ")");
  }
}
