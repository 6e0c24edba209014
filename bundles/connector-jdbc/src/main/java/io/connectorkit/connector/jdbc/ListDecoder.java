package io.connectorkit.connector.jdbc;

import org.apache.arrow.vector.complex.ListVector;

/** Arrays of one dimension. */
final class ListDecoder extends PgDecoder {

  private final ListVector vector;
  private final PgDecoder items;
  private final Offsets offsets = new Offsets();
  private int count;
  private int lastRows = FEW_ROWS;

  ListDecoder(ListVector vector, PgDecoder items) {
    this.vector = vector;
    this.items = items;
  }

  @Override
  void decode(int row, byte[] bytes, int at, int length) {
    begin(row);
    int dimensions = PgValue.int4(bytes, at);
    if (dimensions > 1) {
      throw new Refused("an array of " + dimensions + " dimensions is no list");
    }
    int size = dimensions == 0 ? 0 : PgValue.int4(bytes, at + 12);
    int position = at + 20;
    for (int i = 0; i < size; i++) {
      int itemLength = PgValue.int4(bytes, position);
      position += 4;
      if (itemLength >= 0) {
        items.decode(count++, bytes, position, itemLength);
        position += itemLength;
      } else {
        items.decodeNull(count++);
      }
    }
    offsets.end(row, count);
  }

  @Override
  void decodeNull(int row) {
    begin(row);
    super.decodeNull(row);
    offsets.end(row, count);
  }

  @Override
  void finish(int rows) {
    while (vector.getValueCapacity() < rows) {
      vector.reAlloc();
    }
    offsets.finish(rows, vector.getOffsetBuffer());
    finishValidity(rows, vector);
    vector.setLastSet(rows - 1);
    items.finish(count);
    lastRows = rows;
    count = 0;
  }

  /** Before the first item of a batch, since to allocate a list is to clear its items, of which some go into their vector at once. */
  private void begin(int row) {
    if (row == 0) {
      vector.setInitialCapacity(lastRows);
      vector.allocateNew();
    }
  }
}
