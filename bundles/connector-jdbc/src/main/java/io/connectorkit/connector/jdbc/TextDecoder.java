package io.connectorkit.connector.jdbc;

import org.apache.arrow.vector.BaseVariableWidthVector;

/** Texts, which come in UTF-8 as Arrow has them, and bytes. Short ones are gathered; long ones go into the vector at once. */
final class TextDecoder extends PgDecoder {

  private static final int GATHERED = 16_384;

  private final BaseVariableWidthVector vector;
  private final int prefix;
  private final Offsets offsets = new Offsets();
  private final byte[] gathered = new byte[GATHERED];
  private int count;
  private int written;
  private int lastRows;
  private int lastBytes;
  private boolean begun;

  /**
   * For a vector.
   *
   * @param prefix how many bytes stand before each value
   */
  TextDecoder(BaseVariableWidthVector vector, int prefix) {
    this.vector = vector;
    this.prefix = prefix;
  }

  @Override
  void decode(int row, byte[] bytes, int at, int length) {
    int size = length - prefix;
    if (size > GATHERED - count) {
      write(gathered, 0, count);
      count = 0;
    }
    if (size > GATHERED) {
      write(bytes, at + prefix, size);
    } else {
      System.arraycopy(bytes, at + prefix, gathered, count, size);
      count += size;
    }
    offsets.end(row, written + count);
  }

  @Override
  void decodeNull(int row) {
    super.decodeNull(row);
    offsets.end(row, written + count);
  }

  private void write(byte[] bytes, int from, int size) {
    if (!begun) {
      // As much as the last batch needed, and a bit.
      vector.allocateNew(lastBytes + lastBytes / 10 + GATHERED, lastRows + 1);
      begun = true;
    }
    if (vector.getDataBuffer().capacity() < (long) written + size) {
      vector.reallocDataBuffer((long) written + size);
    }
    vector.getDataBuffer().setBytes(written, bytes, from, size);
    written += size;
  }

  @Override
  void finish(int rows) {
    write(gathered, 0, count);
    while (vector.getValueCapacity() < rows) {
      vector.reallocValidityAndOffsetBuffers();
    }
    offsets.finish(rows, vector.getOffsetBuffer());
    finishValidity(rows, vector);
    vector.setLastSet(rows - 1);
    lastRows = rows;
    lastBytes = written;
    written = 0;
    count = 0;
    begun = false;
  }
}
