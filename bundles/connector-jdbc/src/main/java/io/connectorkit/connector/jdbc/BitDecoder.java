package io.connectorkit.connector.jdbc;

import org.apache.arrow.vector.BitVector;

/** Booleans. */
final class BitDecoder extends PgDecoder {

  private final BitVector vector;
  private final Bits bits = new Bits();

  BitDecoder(BitVector vector) {
    this.vector = vector;
  }

  @Override
  void decode(int row, byte[] bytes, int at, int length) {
    if (bytes[at] != 0) {
      bits.set(row);
    }
  }

  @Override
  void finish(int rows) {
    vector.allocateNew(Math.max(1, rows));
    bits.finish(rows, false, vector.getDataBuffer());
    finishValidity(rows, vector);
  }
}
