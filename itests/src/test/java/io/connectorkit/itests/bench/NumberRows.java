package io.connectorkit.itests.bench;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.DateUnit;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;

/** Columns of a fixed width: whole numbers, fractions, days. */
public final class NumberRows {

  private static final List<ArrowType> TYPES = List.of(new ArrowType.Int(64, true),
      new ArrowType.FloatingPoint(FloatingPointPrecision.DOUBLE), new ArrowType.Int(32, true), new ArrowType.Date(DateUnit.DAY));

  static final Schema NARROW = new Schema(Stream.of(0, 1).map(NumberRows::field).toList());
  static final Schema WIDE = new Schema(IntStream.range(0, 100).mapToObj(NumberRows::field).toList());

  private NumberRows() {}

  private static Field field(int column) {
    return Field.nullable("column" + column, TYPES.get(column % TYPES.size()));
  }

  static void fill(VectorSchemaRoot root, long first, int count) {
    for (int column = 0; column < root.getFieldVectors().size(); column++) {
      FieldVector vector = root.getVector(column);
      vector.setInitialCapacity(count);
      vector.allocateNew();
      present(vector, count);
      ArrowBuf values = vector.getDataBuffer();
      for (int i = 0; i < count; i++) {
        long mixed = Shape.mixed(first + i + column);
        switch (column % TYPES.size()) {
          case 0 -> values.setLong((long) i * Long.BYTES, column == 0 ? first + i : mixed % 1_000_000);
          case 1 -> values.setDouble((long) i * Double.BYTES, mixed % 100_000 / 100.0);
          case 2 -> values.setInt((long) i * Integer.BYTES, (int) (mixed % 1_000));
          default -> values.setInt((long) i * Integer.BYTES, (int) (mixed % 20_000));
        }
      }
    }
  }

  /** Says of all values at once that they are there. */
  static void present(FieldVector vector, int count) {
    vector.getValidityBuffer().setOne(0, (count + 7L) / 8);
  }
}
