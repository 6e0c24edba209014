package io.connectorkit.runtime.internal.types;

import java.util.concurrent.TimeUnit;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.types.pojo.ArrowType;

/** Times must be within a day, and timestamps within what DuckDB counts in microseconds. */
record RangeCheck(int bytes, long min, long max, String rule) implements ValueCheck {

  /** Midnight of the first day of DuckDB's calendar, in the year 290309 before Christ. */
  private static final long FIRST_MICROSECOND = -9_223_372_022_400_000_000L;
  private static final String CALENDAR = "no timestamp between the years 290309 BC and 294247, which are all that DuckDB knows";

  /** Null if every number is a value. */
  static RangeCheck of(ArrowType type) {
    if (type instanceof ArrowType.Time time) {
      return new RangeCheck(time.getBitWidth() / Byte.SIZE, 0, unit(time.getUnit()).convert(1, TimeUnit.DAYS), "no time of a day");
    }
    org.apache.arrow.vector.types.TimeUnit unit = ((ArrowType.Timestamp) type).getUnit();
    return unit == org.apache.arrow.vector.types.TimeUnit.NANOSECOND ? null
        : new RangeCheck(Long.BYTES, unit(unit).convert(FIRST_MICROSECOND, TimeUnit.MICROSECONDS),
            unit(unit).convert(Long.MAX_VALUE, TimeUnit.MICROSECONDS), CALENDAR);
  }

  private static TimeUnit unit(org.apache.arrow.vector.types.TimeUnit unit) {
    return TimeUnit.valueOf(unit.name() + "S");
  }

  @Override
  public boolean surelyValid(FieldVector vector) {
    ArrowBuf values = vector.getDataBuffer();
    for (int i = 0; i < vector.getValueCount(); i++) {
      long value = value(values, i);
      if (value < min || value > max) {
        return false;
      }
    }
    return true;
  }

  @Override
  public String fault(FieldVector vector, int index) {
    if (vector.isNull(index)) {
      return null;
    }
    long value = value(vector.getDataBuffer(), index);
    return value < min || value > max ? value + " is " + rule : null;
  }

  private long value(ArrowBuf values, int index) {
    return bytes == Integer.BYTES ? values.getInt((long) index * Integer.BYTES) : values.getLong((long) index * Long.BYTES);
  }
}
