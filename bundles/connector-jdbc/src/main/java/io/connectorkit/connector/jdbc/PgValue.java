package io.connectorkit.connector.jdbc;

import io.connectorkit.connector.jdbc.PgDecoder.Refused;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import org.apache.arrow.vector.DecimalVector;
import org.apache.arrow.vector.FieldVector;

/** Turns a value of a fixed size from PostgreSQL's binary form into Arrow's. */
@FunctionalInterface
interface PgValue {

  /** Puts the value that lies at a position of the bytes to a position of others. */
  void put(byte[] bytes, int at, byte[] values, int to);

  VarHandle SHORT = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
  VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
  VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
  VarHandle ARROW_SHORT = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
  VarHandle ARROW_INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  VarHandle ARROW_LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  /** From 1970 to 2000, where PostgreSQL's time begins. */
  int EPOCH_DAYS = 10_957;
  long EPOCH_MICROS = EPOCH_DAYS * 86_400_000_000L;
  long DAY_MICROS = 86_400_000_000L;
  int UUID_BYTES = 16;

  static int int2(byte[] bytes, int at) {
    return (short) SHORT.get(bytes, at);
  }

  static int int4(byte[] bytes, int at) {
    return (int) INT.get(bytes, at);
  }

  static long int8(byte[] bytes, int at) {
    return (long) LONG.get(bytes, at);
  }

  /** What turns the values of a type. */
  static PgValue of(PgType type, FieldVector vector) {
    return switch (type) {
      case INT2 -> (bytes, at, values, to) -> ARROW_SHORT.set(values, to, (short) int2(bytes, at));
      case INT4, OID, FLOAT4 -> (bytes, at, values, to) -> ARROW_INT.set(values, to, int4(bytes, at));
      case INT8, FLOAT8 -> (bytes, at, values, to) -> ARROW_LONG.set(values, to, int8(bytes, at));
      case NUMERIC -> new PgNumeric((DecimalVector) vector);
      case MONEY -> (bytes, at, values, to) -> decimal(values, to, int8(bytes, at));
      case DATE -> (bytes, at, values, to) ->
          ARROW_INT.set(values, to, (int) finite(int4(bytes, at), Integer.MIN_VALUE, Integer.MAX_VALUE) + EPOCH_DAYS);
      case TIME -> (bytes, at, values, to) -> ARROW_LONG.set(values, to, timeOfDay(int8(bytes, at)));
      case TIMESTAMP, TIMESTAMPTZ -> (bytes, at, values, to) ->
          ARROW_LONG.set(values, to, sinceEpoch(finite(int8(bytes, at), Long.MIN_VALUE, Long.MAX_VALUE)));
      case INTERVAL -> PgValue::interval;
      case UUID -> (bytes, at, values, to) -> System.arraycopy(bytes, at, values, to, UUID_BYTES);
      default -> throw new IllegalArgumentException(type + " has no fixed size");
    };
  }

  /** A decimal that fits into a long, in 16 bytes. */
  static void decimal(byte[] values, int to, long unscaled) {
    ARROW_LONG.set(values, to, unscaled);
    ARROW_LONG.set(values, to + 8, unscaled >> 63);
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

  private static void interval(byte[] bytes, int at, byte[] values, int to) {
    long micros = int8(bytes, at);
    if (micros > Long.MAX_VALUE / 1_000 || micros < -Long.MAX_VALUE / 1_000) {
      throw new Refused("an interval of " + micros + " microseconds has too many nanoseconds");
    }
    ARROW_INT.set(values, to, int4(bytes, at + 12));
    ARROW_INT.set(values, to + 4, int4(bytes, at + 8));
    ARROW_LONG.set(values, to + 8, micros * 1_000);
  }
}
