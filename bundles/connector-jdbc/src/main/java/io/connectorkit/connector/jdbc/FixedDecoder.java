package io.connectorkit.connector.jdbc;

import java.util.Arrays;
import org.apache.arrow.vector.BaseFixedWidthVector;

/** Values that all have the same number of bytes. */
final class FixedDecoder extends PgDecoder {

  private final BaseFixedWidthVector vector;
  private final PgValue value;
  private final int width;
  private byte[] values;

  FixedDecoder(BaseFixedWidthVector vector, PgValue value) {
    this.vector = vector;
    this.value = value;
    this.width = vector.getTypeWidth();
    this.values = new byte[width * FEW_ROWS];
  }

  @Override
  void decode(int row, byte[] bytes, int at, int length) {
    int to = row * width;
    if (to >= values.length) {
      values = Arrays.copyOf(values, Math.max(2 * values.length, to + width));
    }
    value.put(bytes, at, values, to);
  }

  @Override
  void finish(int rows) {
    if (rows * width > values.length) {
      values = Arrays.copyOf(values, rows * width);
    }
    vector.allocateNew(Math.max(1, rows));
    vector.getDataBuffer().setBytes(0, values, 0, (long) rows * width);
    finishValidity(rows, vector);
  }
}
