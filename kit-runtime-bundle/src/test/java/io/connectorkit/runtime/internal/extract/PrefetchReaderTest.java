package io.connectorkit.runtime.internal.extract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.connectorkit.runtime.internal.types.DeliveredTypes;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.dictionary.DictionaryProvider;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PrefetchReaderTest {

  private static final BiFunction<Schema, DictionaryProvider, DeliveredTypes> TYPES =
      (schema, dictionaries) -> DeliveredTypes.of("test", schema, dictionaries);

  private final BufferAllocator allocator = new RootAllocator();

  @AfterEach
  void everythingIsReleased() {
    allocator.close();
  }

  /** Counts up in batches of one size; may fail, and may write over its own buffers. */
  private static final class Counting extends ArrowReader {
    private final int rows;
    private final int batch;
    private final int failAt;
    private int next;
    private int closed;

    Counting(BufferAllocator allocator, int rows, int batch, int failAt) {
      super(allocator);
      this.rows = rows;
      this.batch = batch;
      this.failAt = failAt;
    }

    @Override
    public boolean loadNextBatch() throws IOException {
      if (next >= failAt) {
        throw new IllegalStateException("no more");
      }
      int count = Math.min(batch, rows - next);
      BigIntVector number = (BigIntVector) getVectorSchemaRoot().getVector(0);
      VarCharVector text = (VarCharVector) getVectorSchemaRoot().getVector(1);
      number.allocateNew(count);
      text.allocateNew();
      for (int i = 0; i < count; i++) {
        number.set(i, next + i);
        text.setSafe(i, ("row " + (next + i)).getBytes());
      }
      getVectorSchemaRoot().setRowCount(count);
      next += count;
      return count > 0;
    }

    @Override
    public long bytesRead() {
      return 0;
    }

    @Override
    protected void closeReadSource() {
      closed++;
    }

    @Override
    protected Schema readSchema() {
      return new Schema(List.of(Field.nullable("n", new ArrowType.Int(64, true)), Field.nullable("t", ArrowType.Utf8.INSTANCE)));
    }
  }

  private PrefetchReader reader(Counting source) throws Exception {
    return new PrefetchReader("test", source, allocator, getClass().getClassLoader(), TYPES, rows -> { });
  }

  /** Row counts of the batches; the content is checked on the way. */
  private List<Integer> read(PrefetchReader reader) throws IOException {
    List<Integer> counts = new ArrayList<>();
    long row = 0;
    while (reader.loadNextBatch()) {
      var root = reader.getVectorSchemaRoot();
      counts.add(root.getRowCount());
      for (int i = 0; i < root.getRowCount(); i++) {
        assertEquals(row, ((BigIntVector) root.getVector(0)).get(i));
        assertEquals("row " + row, root.getVector(1).getObject(i).toString());
        row++;
      }
    }
    return counts;
  }

  @Test
  void batchesComeInOrderAndWhole() throws Exception {
    try (PrefetchReader reader = reader(new Counting(allocator, 50_000, 20_000, Integer.MAX_VALUE))) {
      assertEquals(List.of(20_000, 20_000, 10_000), read(reader));
    }
  }

  @Test
  void smallBatchesArePutTogether() throws Exception { // C6
    try (PrefetchReader reader = reader(new Counting(allocator, 20_000, 7, Integer.MAX_VALUE))) {
      List<Integer> counts = read(reader);
      assertEquals(20_000, counts.stream().mapToInt(Integer::intValue).sum());
      assertEquals(3, counts.size());
    }
  }

  @Test
  void theEndIsTheEndHoweverOftenOneAsks() throws Exception {
    try (PrefetchReader reader = reader(new Counting(allocator, 10, 10, Integer.MAX_VALUE))) {
      read(reader);
      assertFalse(reader.loadNextBatch());
      assertFalse(reader.loadNextBatch());
    }
  }

  @Test
  void theConnectorsOwnFailureIsKeptAndItsReaderClosedOnce() throws Exception { // C12
    Counting source = new Counting(allocator, 100_000, 10_000, 30_000);
    try (PrefetchReader reader = reader(source)) {
      assertThrows(IOException.class, () -> read(reader));
      assertThrows(IOException.class, reader::loadNextBatch);
      assertEquals("no more", reader.failure().getMessage());
      reader.close();
    }
    assertEquals(1, source.closed);
  }

  @Test
  void aReaderThatCannotTellItsSchemaIsClosed() {
    int[] closed = {0};
    ArrowReader source = new ArrowReader(allocator) {
      @Override
      public boolean loadNextBatch() {
        return false;
      }

      @Override
      public long bytesRead() {
        return 0;
      }

      @Override
      protected void closeReadSource() {
        closed[0]++;
      }

      @Override
      protected Schema readSchema() {
        throw new IllegalStateException("no schema");
      }
    };
    assertThrows(IllegalStateException.class,
        () -> new PrefetchReader("test", source, allocator, getClass().getClassLoader(), TYPES, rows -> { }));
    assertEquals(1, closed[0]);
  }

  @Test
  void closingBeforeTheEndReleasesWhatWasPulledAhead() throws Exception {
    try (PrefetchReader reader = reader(new Counting(allocator, 1_000_000, 10_000, Integer.MAX_VALUE))) {
      assertTrue(reader.loadNextBatch());
    }
  }
}
