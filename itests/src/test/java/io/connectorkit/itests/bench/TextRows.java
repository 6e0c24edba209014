package io.connectorkit.itests.bench;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;

/** Columns of text: each value is a piece of one long text, so that making it is a copy. */
public final class TextRows {

  private static final byte[] PROSE = prose();
  private static final byte[] DIGITS = digits();

  /** A sentence, a paragraph, a token that occurs once, and a short name. */
  static final Schema SCHEMA = new Schema(Stream.of("sentence", "paragraph", "token", "name")
      .map(name -> Field.nullable(name, ArrowType.Utf8.INSTANCE)).toList());

  private TextRows() {}

  static void fill(VectorSchemaRoot root, long first, int count) {
    fill(root.getVector("sentence"), first, count, PROSE, 40, 80);
    fill(root.getVector("paragraph"), first, count, PROSE, 200, 400);
    fill(root.getVector("token"), first, count, DIGITS, 32, 1);
    fill(root.getVector("name"), first, count, PROSE, 8, 16);
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

  private static byte[] prose() {
    List<String> words = List.of("order", "shipment", "delayed", "the", "of", "customer", "invoice", "and", "paid", "returned", "city",
        "warehouse", "is", "to", "was", "address", "changed", "before", "after", "delivery", "3", "17", "2026", "please", "call");
    Random random = new Random(1);
    StringBuilder text = new StringBuilder();
    while (text.length() < 1 << 20) {
      text.append(words.get(random.nextInt(words.size()))).append(random.nextInt(1_000)).append(' ');
    }
    return text.toString().getBytes(StandardCharsets.US_ASCII);
  }

  private static byte[] digits() {
    Random random = new Random(2);
    byte[] digits = new byte[8 << 20];
    for (int i = 0; i < digits.length; i++) {
      digits[i] = (byte) "0123456789abcdef".charAt(random.nextInt(16));
    }
    return digits;
  }
}
