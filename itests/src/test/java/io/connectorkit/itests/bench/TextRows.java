package io.connectorkit.itests.bench;

import java.util.stream.Stream;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;

/** Columns of text: each value is a piece of one long text, so that making it is a copy. */
public final class TextRows {

  /** A sentence, a paragraph, a token that occurs once, and a short name. */
  static final Schema SCHEMA = new Schema(Stream.of("sentence", "paragraph", "token", "name")
      .map(name -> Field.nullable(name, ArrowType.Utf8.INSTANCE)).toList());

  private TextRows() {}

  static void fill(VectorSchemaRoot root, long first, int count) {
    fill(root.getVector("sentence"), first, count, TextPool.PROSE, 40, 80);
    fill(root.getVector("paragraph"), first, count, TextPool.PROSE, 200, 400);
    fill(root.getVector("token"), first, count, TextPool.DIGITS, 32, 1);
    fill(root.getVector("name"), first, count, TextPool.PROSE, 8, 16);
  }

  /** Texts of {@code shortest} bytes up to {@code spread} less one more. */
  private static void fill(org.apache.arrow.vector.FieldVector vector, long first, int count, byte[] pool, int shortest, int spread) {
    VarCharVector texts = (VarCharVector) vector;
    texts.allocateNew((long) count * (shortest + spread), count);
    NumberRows.present(texts, count);
    ArrowBuf values = texts.getDataBuffer();
    int end = 0;
    for (int i = 0; i < count; i++) {
      long mixed = Shape.mixed(first + i);
      int length = shortest + (int) (mixed % spread);
      values.setBytes(end, pool, (int) (mixed % (pool.length - shortest - spread)), length);
      end += length;
      texts.getOffsetBuffer().setInt((i + 1L) * Integer.BYTES, end);
    }
    texts.setLastSet(count - 1);
  }
}
