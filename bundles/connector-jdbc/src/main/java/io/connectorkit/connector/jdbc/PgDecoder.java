package io.connectorkit.connector.jdbc;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.stream.LongStream;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.DateDayVector;
import org.apache.arrow.vector.DecimalVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.FixedSizeBinaryVector;
import org.apache.arrow.vector.Float4Vector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.IntervalMonthDayNanoVector;
import org.apache.arrow.vector.SmallIntVector;
import org.apache.arrow.vector.TimeMicroVector;
import org.apache.arrow.vector.TimeStampVector;
import org.apache.arrow.vector.UInt4Vector;
import org.apache.arrow.vector.VarBinaryVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.complex.ListVector;

/** Puts values in PostgreSQL's binary form into a vector. */
@FunctionalInterface
interface PgDecoder {

  /** Puts the value that lies at a position of the bytes into a row. */
  void decode(int row, byte[] bytes, int at, int length);

  /** A value that the vector's type does not have. */
  final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Refused(String message) {
      super(message, null, false, false);
    }
  }

  VarHandle SHORT = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
  VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
  VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
  /** From 1970 to 2000, where PostgreSQL's time begins. */
  int EPOCH_DAYS = 10_957;
  long EPOCH_MICROS = EPOCH_DAYS * 86_400_000_000L;
  long DAY_MICROS = 86_400_000_000L;
  /** So many digits are in a long, whatever they are. */
  int SMALL = 18;
  long[] POWERS = LongStream.iterate(1, power -> power * 10).limit(SMALL + 1).toArray();
  BigInteger TEN_THOUSAND = BigInteger.valueOf(10_000);

  static int int2(byte[] bytes, int at) {
    return (short) SHORT.get(bytes, at);
  }

  static int int4(byte[] bytes, int at) {
    return (int) INT.get(bytes, at);
  }

  static long int8(byte[] bytes, int at) {
    return (long) LONG.get(bytes, at);
  }

  /** The decoder for a vector. */
  static PgDecoder of(PgType type, FieldVector vector) {
    if (vector instanceof ListVector list) {
      return array(list, of(type, list.getDataVector()));
    }
    return switch (type) {
      case BOOL -> {
        BitVector v = (BitVector) vector;
        yield (row, bytes, at, length) -> v.setSafe(row, bytes[at]);
      }
      case INT2 -> {
        SmallIntVector v = (SmallIntVector) vector;
        yield (row, bytes, at, length) -> v.setSafe(row, int2(bytes, at));
      }
      case INT4 -> {
        IntVector v = (IntVector) vector;
        yield (row, bytes, at, length) -> v.setSafe(row, int4(bytes, at));
      }
      case INT8 -> {
        BigIntVector v = (BigIntVector) vector;
        yield (row, bytes, at, length) -> v.setSafe(row, int8(bytes, at));
      }
      case OID -> {
        UInt4Vector v = (UInt4Vector) vector;
        yield (row, bytes, at, length) -> v.setSafe(row, int4(bytes, at));
      }
      case FLOAT4 -> {
        Float4Vector v = (Float4Vector) vector;
        yield (row, bytes, at, length) -> v.setSafe(row, Float.intBitsToFloat(int4(bytes, at)));
      }
      case FLOAT8 -> {
        Float8Vector v = (Float8Vector) vector;
        yield (row, bytes, at, length) -> v.setSafe(row, Double.longBitsToDouble(int8(bytes, at)));
      }
      case NUMERIC -> numeric((DecimalVector) vector);
      case MONEY -> {
        DecimalVector v = (DecimalVector) vector;
        yield (row, bytes, at, length) -> v.setSafe(row, int8(bytes, at));
      }
      case DATE -> {
        DateDayVector v = (DateDayVector) vector;
        yield (row, bytes, at, length) -> v.setSafe(row, finite(int4(bytes, at), Integer.MIN_VALUE, Integer.MAX_VALUE) + EPOCH_DAYS);
      }
      case TIME -> {
        TimeMicroVector v = (TimeMicroVector) vector;
        yield (row, bytes, at, length) -> v.setSafe(row, timeOfDay(int8(bytes, at)));
      }
      case TIMESTAMP, TIMESTAMPTZ -> {
        TimeStampVector v = (TimeStampVector) vector;
        yield (row, bytes, at, length) -> v.setSafe(row, sinceEpoch(finite(int8(bytes, at), Long.MIN_VALUE, Long.MAX_VALUE)));
      }
      case INTERVAL -> interval((IntervalMonthDayNanoVector) vector);
      case UUID -> {
        FixedSizeBinaryVector v = (FixedSizeBinaryVector) vector;
        yield (row, bytes, at, length) -> v.setSafe(row, Arrays.copyOfRange(bytes, at, at + length));
      }
      case TEXT, LABEL, JSON -> {
        VarCharVector v = (VarCharVector) vector;
        yield (row, bytes, at, length) -> v.setSafe(row, bytes, at, length);
      }
      case JSONB -> {
        VarCharVector v = (VarCharVector) vector;
        // The first byte is the version of the form.
        yield (row, bytes, at, length) -> v.setSafe(row, bytes, at + 1, length - 1);
      }
      case BYTEA -> {
        VarBinaryVector v = (VarBinaryVector) vector;
        yield (row, bytes, at, length) -> v.setSafe(row, bytes, at, length);
      }
    };
  }

  private static int finite(int days, int low, int high) {
    return (int) finite((long) days, low, high);
  }

  private static long finite(long value, long low, long high) {
    if (value == low || value == high) {
      throw new Refused(value == low ? "-infinity is no date" : "infinity is no date");
    }
    return value;
  }

  private static long sinceEpoch(long micros) {
    if (micros > Long.MAX_VALUE - EPOCH_MICROS) {
      throw new Refused("a time after the year 294246 has too many microseconds");
    }
    return micros + EPOCH_MICROS;
  }

  private static long timeOfDay(long micros) {
    if (micros >= DAY_MICROS) {
      throw new Refused("24:00:00 is no time of a day");
    }
    return micros;
  }

  private static PgDecoder interval(IntervalMonthDayNanoVector v) {
    return (row, bytes, at, length) -> {
      long micros = int8(bytes, at);
      int days = int4(bytes, at + 8);
      int months = int4(bytes, at + 12);
      if (micros > Long.MAX_VALUE / 1_000 || micros < -Long.MAX_VALUE / 1_000) {
        throw new Refused("an interval of " + micros + " microseconds has too many nanoseconds");
      }
      v.setSafe(row, months, days, micros * 1_000);
    };
  }

  /** Groups of four decimal digits, with the power of ten thousand of the first one. */
  private static PgDecoder numeric(DecimalVector v) {
    int precision = v.getPrecision();
    int scale = v.getScale();
    return (row, bytes, at, length) -> {
      int groups = int2(bytes, at);
      int weight = int2(bytes, at + 2);
      int sign = int2(bytes, at + 4) & 0xffff;
      if (sign != 0 && sign != 0x4000) {
        throw new Refused((sign == 0xc000 ? "NaN" : sign == 0xd000 ? "Infinity" : "-Infinity") + " is no decimal(" + precision + ", " + scale + ")");
      }
      // What lies between the last group and the last digit of the column.
      int zeros = 4 * (weight - groups + 1) + scale;
      if (groups <= 4 && zeros >= -4 && 4 * groups + zeros <= SMALL) {
        long number = 0;
        for (int i = 0; i < groups; i++) {
          number = number * 10_000 + int2(bytes, at + 8 + 2 * i);
        }
        long power = POWERS[Math.abs(zeros)];
        long scaled = zeros < 0 ? number / power : number * power;
        if ((zeros >= 0 || scaled * power == number) && (precision > SMALL || scaled < POWERS[precision])) {
          v.setSafe(row, sign == 0 ? scaled : -scaled);
          return;
        }
      }
      v.setSafe(row, exact(bytes, at, groups, weight, sign != 0, precision, scale));
    };
  }

  private static BigDecimal exact(byte[] bytes, int at, int groups, int weight, boolean negative, int precision, int scale) {
    BigInteger number = BigInteger.ZERO;
    for (int i = 0; i < groups; i++) {
      number = number.multiply(TEN_THOUSAND).add(BigInteger.valueOf(int2(bytes, at + 8 + 2 * i)));
    }
    BigDecimal value = new BigDecimal(negative ? number.negate() : number, 4 * (groups - 1 - weight));
    try {
      BigDecimal exact = value.setScale(scale, RoundingMode.UNNECESSARY);
      if (exact.precision() <= precision) {
        return exact;
      }
    } catch (ArithmeticException e) {
      throw refused(value, precision, scale);
    }
    throw refused(value, precision, scale);
  }

  private static Refused refused(BigDecimal value, int precision, int scale) {
    return new Refused(value.stripTrailingZeros().toPlainString() + " is no decimal(" + precision + ", " + scale + ")");
  }

  private static PgDecoder array(ListVector v, PgDecoder items) {
    return (row, bytes, at, length) -> {
      int dimensions = int4(bytes, at);
      if (dimensions > 1) {
        throw new Refused("an array of " + dimensions + " dimensions is no list");
      }
      int size = dimensions == 0 ? 0 : int4(bytes, at + 12);
      int item = v.startNewValue(row);
      int position = at + 20;
      for (int i = 0; i < size; i++) {
        int itemLength = int4(bytes, position);
        position += 4;
        if (itemLength >= 0) {
          items.decode(item + i, bytes, position, itemLength);
          position += itemLength;
        }
      }
      v.endValue(row, size);
    };
  }
}
