package io.connectorkit.runtime.internal.types;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.DecimalVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float2Vector;
import org.apache.arrow.vector.Float4Vector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.IntervalDayVector;
import org.apache.arrow.vector.IntervalMonthDayNanoVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.complex.StructVector;
import org.apache.arrow.vector.ipc.message.ArrowFieldNode;

/** The casts of values, each without loss. */
final class Casts {

  private Casts() {}

  /** The same bytes under another type. */
  static void relabel(FieldVector from, FieldVector to) {
    to.loadFieldBuffers(new ArrowFieldNode(from.getValueCount(), from.getNullCount()), from.getFieldBuffers());
  }

  /** The same container around cast children. */
  static VectorCast nested(List<VectorCast> children) {
    return (from, to) -> {
      relabel(from, to);
      for (int i = 0; i < children.size(); i++) {
        children.get(i).move(from.getChildrenFromFields().get(i), to.getChildrenFromFields().get(i));
      }
    };
  }

  static void halfToSingle(FieldVector from, FieldVector to) {
    Float2Vector half = (Float2Vector) from;
    Float4Vector single = (Float4Vector) to;
    each(from, to, row -> single.set(row, half.getValueAsFloat(row)));
  }

  /** Decimals of any width and scale to the stored precision and scale. */
  static void decimal(FieldVector from, FieldVector to) {
    DecimalVector decimal = (DecimalVector) to;
    each(from, to, row -> decimal.set(row, ((BigDecimal) from.getObject(row)).setScale(decimal.getScale())));
  }

  /** Decimals to their digits, without an exponent. */
  static void decimalText(FieldVector from, FieldVector to) {
    VarCharVector text = (VarCharVector) to;
    each(from, to, row -> text.setSafe(row, ((BigDecimal) from.getObject(row)).toPlainString().getBytes(StandardCharsets.US_ASCII)));
  }

  static void dayTime(FieldVector from, FieldVector to) {
    StructVector parts = (StructVector) to;
    IntVector days = parts.getChild("days", IntVector.class);
    IntVector milliseconds = parts.getChild("milliseconds", IntVector.class);
    each(from, to, row -> {
      days.setSafe(row, IntervalDayVector.getDays(from.getDataBuffer(), row));
      milliseconds.setSafe(row, IntervalDayVector.getMilliseconds(from.getDataBuffer(), row));
      parts.setIndexDefined(row);
    });
  }

  static void monthDayNano(FieldVector from, FieldVector to) {
    StructVector parts = (StructVector) to;
    IntVector months = parts.getChild("months", IntVector.class);
    IntVector days = parts.getChild("days", IntVector.class);
    BigIntVector nanoseconds = parts.getChild("nanoseconds", BigIntVector.class);
    each(from, to, row -> {
      months.setSafe(row, IntervalMonthDayNanoVector.getMonths(from.getDataBuffer(), row));
      days.setSafe(row, IntervalMonthDayNanoVector.getDays(from.getDataBuffer(), row));
      nanoseconds.setSafe(row, IntervalMonthDayNanoVector.getNanoseconds(from.getDataBuffer(), row));
      parts.setIndexDefined(row);
    });
  }

  /** What sets one value that is not null. */
  @FunctionalInterface
  private interface Setter {
    void set(int row);
  }

  private static void each(FieldVector from, FieldVector to, Setter setter) {
    int rows = from.getValueCount();
    to.setInitialCapacity(rows);
    to.allocateNew();
    for (int row = 0; row < rows; row++) {
      if (!from.isNull(row)) {
        setter.set(row);
      }
    }
    to.setValueCount(rows);
  }
}
