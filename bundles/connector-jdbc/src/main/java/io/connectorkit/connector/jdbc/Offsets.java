package io.connectorkit.connector.jdbc;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.apache.arrow.memory.ArrowBuf;

/** Where values of different sizes end, as Arrow keeps it: a zero, and the end of each row. */
final class Offsets {

  private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  private byte[] ends = new byte[4 * PgDecoder.FEW_ROWS];

  void end(int row, int end) {
    int to = 4 * row + 4;
    if (to >= ends.length) {
      ends = Arrays.copyOf(ends, 2 * ends.length);
    }
    INT.set(ends, to, end);
  }

  void finish(int rows, ArrowBuf offsets) {
    offsets.setBytes(0, ends, 0, 4L * rows + 4);
  }
}
