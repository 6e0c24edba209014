package io.connectorkit.connector.jdbc;

import java.util.Arrays;
import org.apache.arrow.memory.ArrowBuf;

/** A bit for each row of a batch. */
final class Bits {

  private byte[] bits = new byte[PgDecoder.FEW_ROWS / 8];

  void set(int row) {
    if (row >= 8 * bits.length) {
      bits = Arrays.copyOf(bits, Math.max(2 * bits.length, row / 8 + 1));
    }
    bits[row >> 3] |= (byte) (1 << (row & 7));
  }

  /** Puts them, or their opposites, into a buffer and clears them. */
  void finish(int rows, boolean opposite, ArrowBuf buffer) {
    int bytes = (rows + 7) / 8;
    if (bytes > bits.length) {
      bits = Arrays.copyOf(bits, bytes);
    }
    for (int i = 0; opposite && i < bytes; i++) {
      bits[i] = (byte) ~bits[i];
    }
    if (rows % 8 > 0) {
      bits[bytes - 1] &= (byte) ((1 << (rows % 8)) - 1);
    }
    buffer.setBytes(0, bits, 0, bytes);
    Arrays.fill(bits, 0, bytes, (byte) 0);
  }
}
