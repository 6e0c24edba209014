package io.connectorkit.runtime.internal.types;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HexFormat;
import org.apache.arrow.vector.BaseLargeVariableWidthVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.LargeVarCharVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.ViewVarCharVector;

/** Text must be UTF-8. */
record TextCheck() implements ValueCheck {

  private static final int SHOWN = 16;

  @Override
  public boolean surelyValid(FieldVector vector) {
    boolean inline = vector instanceof ViewVarCharVector;
    return vector.getValueCount() == 0 || !inline && valid(vector, offset(vector, 0), offset(vector, vector.getValueCount()));
  }

  private static long offset(FieldVector vector, int index) {
    return vector instanceof BaseLargeVariableWidthVector ? vector.getOffsetBuffer().getLong((long) index * Long.BYTES)
        : vector.getOffsetBuffer().getInt((long) index * Integer.BYTES);
  }

  /** All values in one go: they are valid if the bytes of all together are and no value begins within a character. */
  private static boolean valid(FieldVector vector, long start, long end) {
    if (end - start > Integer.MAX_VALUE) {
      return false;
    }
    ByteBuffer bytes = vector.getDataBuffer().nioBuffer(start, (int) (end - start)).slice().order(ByteOrder.nativeOrder());
    Utf8.Kind kind = Utf8.of(bytes);
    if (kind == Utf8.Kind.ASCII) {
      return true;
    }
    for (int i = 0; kind == Utf8.Kind.OTHER && i < vector.getValueCount(); i++) {
      long first = offset(vector, i);
      if (first < end && Utf8.continues(bytes.get((int) (first - start)))) {
        return false;
      }
    }
    return kind == Utf8.Kind.OTHER;
  }

  @Override
  public String fault(FieldVector vector, int index) {
    if (vector.isNull(index)) {
      return null;
    }
    byte[] value = vector instanceof VarCharVector text ? text.get(index)
        : vector instanceof LargeVarCharVector text ? text.get(index) : ((ViewVarCharVector) vector).get(index);
    if (Utf8.of(ByteBuffer.wrap(value)) != Utf8.Kind.INVALID) {
      return null;
    }
    String more = value.length > SHOWN ? "..." : "";
    return "the bytes " + HexFormat.of().formatHex(Arrays.copyOf(value, Math.min(SHOWN, value.length))) + more
        + " are not UTF-8, which text must be, or else be delivered as binary";
  }
}
