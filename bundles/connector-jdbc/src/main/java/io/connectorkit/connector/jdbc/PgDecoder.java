package io.connectorkit.connector.jdbc;

import org.apache.arrow.vector.BaseFixedWidthVector;
import org.apache.arrow.vector.BaseVariableWidthVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.complex.ListVector;

/**
 * Takes values of a column in PostgreSQL's binary form, row by row, and puts them into its vector once for a batch. Until then they lie in
 * arrays, as they will lie in the vector's buffers: Arrow checks each access to those, which costs more than all the rest.
 */
abstract class PgDecoder {

  /** A value that the vector's type does not have. */
  static final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Refused(String message) {
      super(message, null, false, false);
    }
  }

  /** For how many there is room at first. */
  static final int FEW_ROWS = 1_024;

  private final Bits missing = new Bits();

  /** The decoder for a vector. */
  static PgDecoder of(PgType type, FieldVector vector) {
    if (vector instanceof ListVector list) {
      return new ListDecoder(list, of(type, list.getDataVector()));
    }
    if (vector instanceof BaseVariableWidthVector texts) {
      // The first byte is the version of the form.
      return new TextDecoder(texts, type == PgType.JSONB ? 1 : 0);
    }
    return vector instanceof BitVector bits ? new BitDecoder(bits) : new FixedDecoder((BaseFixedWidthVector) vector, PgValue.of(type, vector));
  }

  /** Takes the value that lies at a position of the bytes; rows come one after the other. */
  abstract void decode(int row, byte[] bytes, int at, int length);

  /** Takes a row without a value. */
  void decodeNull(int row) {
    missing.set(row);
  }

  /** Puts the rows into the vector, in new buffers, and is ready for the next ones. */
  abstract void finish(int rows);

  /** Puts down which of the rows have a value. */
  final void finishValidity(int rows, FieldVector vector) {
    missing.finish(rows, true, vector.getValidityBuffer());
  }
}
