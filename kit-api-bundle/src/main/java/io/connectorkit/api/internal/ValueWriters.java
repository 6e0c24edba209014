package io.connectorkit.api.internal;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.apache.arrow.vector.BaseFixedWidthVector;
import org.apache.arrow.vector.BaseVariableWidthVector;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.DateDayVector;
import org.apache.arrow.vector.DecimalVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float4Vector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.SmallIntVector;
import org.apache.arrow.vector.TimeMicroVector;
import org.apache.arrow.vector.TimeStampVector;
import org.apache.arrow.vector.TinyIntVector;
import org.apache.arrow.vector.UInt1Vector;
import org.apache.arrow.vector.UInt2Vector;
import org.apache.arrow.vector.UInt4Vector;
import org.apache.arrow.vector.UInt8Vector;
import org.apache.arrow.vector.VarBinaryVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.complex.ListVector;
import org.apache.arrow.vector.complex.StructVector;
import org.apache.arrow.vector.types.pojo.ArrowType;

/** The writer for each kind of vector. */
final class ValueWriters {

  private ValueWriters() {}

  /**
   * A writer for a vector.
   *
   * @throws IllegalArgumentException if rows of Java values cannot feed that type; such columns need an Arrow reader
   */
  static ValueWriter of(FieldVector vector) {
    ValueWriter writer = ofValues(vector);
    boolean nullable = vector.getField().isNullable();
    return (index, value) -> {
      if (value != null) {
        return writer.write(index, value);
      }
      if (!nullable) {
        throw new ValueRefused(null, "allowed: the column is not nullable");
      }
      setNull(vector, index);
      return 1;
    };
  }

  private static void setNull(FieldVector vector, int index) {
    if (vector instanceof ListVector list) {
      list.setNull(index);
    } else if (vector instanceof StructVector struct) {
      struct.setNull(index);
    } else if (vector instanceof BaseVariableWidthVector variable) {
      variable.setNull(index);
    } else {
      ((BaseFixedWidthVector) vector).setNull(index);
    }
  }

  private static ValueWriter ofValues(FieldVector vector) {
    if (vector instanceof VarCharVector v) {
      return (i, value) -> {
        ByteBuffer bytes = Exact.text(value);
        v.setSafe(i, bytes, bytes.position(), bytes.remaining());
        return bytes.remaining();
      };
    }
    if (vector instanceof VarBinaryVector v) {
      return (i, value) -> {
        if (!(value instanceof byte[] bytes)) {
          throw new ValueRefused(value, "an array of bytes");
        }
        v.setSafe(i, bytes);
        return bytes.length;
      };
    }
    if (vector instanceof ListVector v) {
      return ofList(v);
    }
    if (vector instanceof StructVector v) {
      return ofStruct(v);
    }
    FixedWriter writer = ofFixed(vector);
    return (i, value) -> {
      writer.write(i, value);
      return 8;
    };
  }

  private interface FixedWriter {
    void write(int index, Object value);
  }

  private static FixedWriter ofFixed(FieldVector vector) {
    if (vector instanceof BigIntVector v) {
      return (i, value) -> v.setSafe(i, Exact.integer(value, 64, true));
    }
    if (vector instanceof IntVector v) {
      return (i, value) -> v.setSafe(i, (int) Exact.integer(value, 32, true));
    }
    if (vector instanceof SmallIntVector v) {
      return (i, value) -> v.setSafe(i, (short) Exact.integer(value, 16, true));
    }
    if (vector instanceof TinyIntVector v) {
      return (i, value) -> v.setSafe(i, (byte) Exact.integer(value, 8, true));
    }
    if (vector instanceof UInt8Vector v) {
      return (i, value) -> v.setSafe(i, Exact.integer(value, 64, false));
    }
    if (vector instanceof UInt4Vector v) {
      return (i, value) -> v.setSafe(i, (int) Exact.integer(value, 32, false));
    }
    if (vector instanceof UInt2Vector v) {
      return (i, value) -> v.setSafe(i, (char) Exact.integer(value, 16, false));
    }
    if (vector instanceof UInt1Vector v) {
      return (i, value) -> v.setSafe(i, (byte) Exact.integer(value, 8, false));
    }
    if (vector instanceof Float8Vector v) {
      return (i, value) -> v.setSafe(i, Exact.floating(value));
    }
    if (vector instanceof Float4Vector v) {
      return (i, value) -> v.setSafe(i, (float) Exact.floating(value));
    }
    if (vector instanceof BitVector v) {
      return (i, value) -> v.setSafe(i, Exact.bool(value) ? 1 : 0);
    }
    if (vector instanceof DateDayVector v) {
      return (i, value) -> v.setSafe(i, Math.toIntExact(Exact.date(value).toEpochDay()));
    }
    if (vector instanceof TimeMicroVector v) {
      return (i, value) -> v.setSafe(i, Exact.epoch(value, Instant.ofEpochSecond(0, Exact.time(value).toNanoOfDay()), 1_000_000));
    }
    if (vector instanceof TimeStampVector v) {
      return ofTimestamp(v, (ArrowType.Timestamp) v.getField().getType());
    }
    if (vector instanceof DecimalVector v) {
      return (i, value) -> v.setSafe(i, scaled(value, v.getPrecision(), v.getScale()));
    }
    throw new IllegalArgumentException(
        "column '" + vector.getName() + "': rows of Java values cannot fill " + vector.getField().getType() + "; use an Arrow reader");
  }

  private static FixedWriter ofTimestamp(TimeStampVector v, ArrowType.Timestamp type) {
    long perSecond = switch (type.getUnit()) {
      case SECOND -> 1L;
      case MILLISECOND -> 1_000L;
      case MICROSECOND -> 1_000_000L;
      case NANOSECOND -> 1_000_000_000L;
    };
    boolean zoned = type.getTimezone() != null;
    return (i, value) -> v.setSafe(i, Exact.epoch(value, zoned ? Exact.instant(value) : Exact.dateTime(value), perSecond));
  }

  private static BigDecimal scaled(Object value, int precision, int scale) {
    String rule = "a decimal(" + precision + ", " + scale + ")";
    try {
      BigDecimal exact = Exact.decimal(value, rule).setScale(scale, RoundingMode.UNNECESSARY);
      if (exact.precision() <= precision) {
        return exact;
      }
    } catch (ArithmeticException e) {
      throw new ValueRefused(value, rule);
    }
    throw new ValueRefused(value, rule);
  }

  private static ValueWriter ofList(ListVector v) {
    ValueWriter items = of(v.getDataVector());
    return (index, value) -> {
      if (!(value instanceof Collection<?> list)) {
        throw new ValueRefused(value, "a list");
      }
      int at = v.startNewValue(index);
      int bytes = 4;
      for (Object item : list) {
        bytes += items.write(at++, item);
      }
      v.endValue(index, list.size());
      return bytes;
    };
  }

  private static ValueWriter ofStruct(StructVector v) {
    List<FieldVector> children = v.getChildrenFromFields();
    List<ValueWriter> writers = children.stream().map(ValueWriters::of).toList();
    return (index, value) -> {
      if (!(value instanceof Map<?, ?> map)) {
        throw new ValueRefused(value, "a mapping");
      }
      v.setIndexDefined(index);
      int bytes = 1;
      for (int child = 0; child < writers.size(); child++) {
        bytes += writers.get(child).write(index, map.get(children.get(child).getName()));
      }
      return bytes;
    };
  }
}
