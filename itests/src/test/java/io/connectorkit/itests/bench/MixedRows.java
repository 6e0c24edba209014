package io.connectorkit.itests.bench;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.DateDayVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.TimeStampMicroTZVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.DateUnit;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;

/** Eight mixed columns. */
public final class MixedRows {

  /** Two numbers, three texts of 10, 10,000 and as many values as rows, a day, an instant, a boolean. */
  static final Schema SCHEMA = new Schema(List.of(
      Field.nullable("id", new ArrowType.Int(64, true)),
      Field.nullable("amount", new ArrowType.FloatingPoint(FloatingPointPrecision.DOUBLE)),
      Field.nullable("few", ArrowType.Utf8.INSTANCE),
      Field.nullable("some", ArrowType.Utf8.INSTANCE),
      Field.nullable("many", ArrowType.Utf8.INSTANCE),
      Field.nullable("day", new ArrowType.Date(DateUnit.DAY)),
      Field.nullable("instant", new ArrowType.Timestamp(TimeUnit.MICROSECOND, "UTC")),
      Field.nullable("flag", ArrowType.Bool.INSTANCE)));

  private static final int TEXT_BYTES = 12;
  private static final long FIRST_INSTANT = 1_700_000_000_000_000L;

  private MixedRows() {}

  private static void allocate(VectorSchemaRoot root, int count) {
    for (FieldVector vector : root.getFieldVectors()) {
      if (vector instanceof VarCharVector texts) {
        texts.allocateNew((long) TEXT_BYTES * count, count);
      } else {
        vector.setInitialCapacity(count);
        vector.allocateNew();
      }
    }
  }

  static void fill(VectorSchemaRoot root, long first, int count) {
    allocate(root, count);
    byte[] text = "value-000000".getBytes(StandardCharsets.US_ASCII);
    BigIntVector id = (BigIntVector) root.getVector(0);
    Float8Vector amount = (Float8Vector) root.getVector(1);
    VarCharVector few = (VarCharVector) root.getVector(2);
    VarCharVector some = (VarCharVector) root.getVector(3);
    VarCharVector many = (VarCharVector) root.getVector(4);
    DateDayVector day = (DateDayVector) root.getVector(5);
    TimeStampMicroTZVector instant = (TimeStampMicroTZVector) root.getVector(6);
    BitVector flag = (BitVector) root.getVector(7);
    for (int i = 0; i < count; i++) {
      long row = first + i;
      long mixed = Shape.mixed(row);
      id.set(i, row);
      amount.set(i, (mixed % 1_000_000) / 100.0);
      few.set(i, text(text, (int) (mixed % 10)));
      some.set(i, text(text, (int) (mixed % 10_000)));
      many.set(i, text(text, (int) (row % 1_000_000)));
      day.set(i, (int) (mixed % 20_000));
      instant.set(i, FIRST_INSTANT + row * 1_000);
      flag.set(i, (int) (mixed & 1));
    }
  }

  /** Rows as they come after those up to the first: every other one takes the place of an earlier one, anywhere in the table. */
  static void fillChanges(VectorSchemaRoot root, long first, int count) {
    fill(root, first, count);
    BigIntVector id = (BigIntVector) root.getVector(0);
    for (int i = 0; i < count; i += 2) {
      id.set(i, Shape.mixed(first + i) % first);
    }
  }

  /** The row that an instant belongs to. */
  static long row(Instant instant) {
    return (ChronoUnit.MICROS.between(Instant.EPOCH, instant) - FIRST_INSTANT) / 1_000;
  }

  private static byte[] text(byte[] text, int number) {
    int rest = number;
    for (int digit = TEXT_BYTES - 1; digit >= 6; digit--) {
      text[digit] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    return text;
  }
}
