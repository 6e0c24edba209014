package io.connectorkit.itests.bench;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.complex.ListVector;
import org.apache.arrow.vector.complex.StructVector;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.apache.arrow.vector.types.pojo.Schema;

/** An order as an API gives it: its address as a struct, its items as a list of structs, its tags as a list of texts. */
public final class NestedRows {

  private static final Field TEXT = Field.nullable("item", ArrowType.Utf8.INSTANCE);
  private static final int TEXT_BYTES = 10;
  private static final int MOST = 5;

  static final Schema SCHEMA = new Schema(List.of(
      Field.nullable("id", new ArrowType.Int(64, true)),
      nested("address", ArrowType.Struct.INSTANCE, named("street"), named("city"), Field.nullable("zip", new ArrowType.Int(32, true))),
      nested("items", ArrowType.List.INSTANCE, nested("item", ArrowType.Struct.INSTANCE, named("sku"),
          Field.nullable("quantity", new ArrowType.Int(32, true)),
          Field.nullable("price", new ArrowType.FloatingPoint(FloatingPointPrecision.DOUBLE)))),
      nested("tags", ArrowType.List.INSTANCE, TEXT)));

  private NestedRows() {}

  private static Field named(String name) {
    return Field.nullable(name, ArrowType.Utf8.INSTANCE);
  }

  private static Field nested(String name, ArrowType type, Field... children) {
    return new Field(name, FieldType.nullable(type), List.of(children));
  }

  static void fill(VectorSchemaRoot root, long first, int count) {
    values(root.getVector("id"), first, count, Integer.MAX_VALUE);
    StructVector address = (StructVector) root.getVector("address");
    struct(address, count);
    values(address.getChild("street"), first, count, 100_000);
    values(address.getChild("city"), first, count, 1_000);
    values(address.getChild("zip"), first, count, 10_000);
    ListVector items = (ListVector) root.getVector("items");
    int entries = list(items, first, count);
    StructVector item = (StructVector) items.getDataVector();
    struct(item, entries);
    values(item.getChild("sku"), first, entries, 50_000);
    values(item.getChild("quantity"), first, entries, 100);
    values(item.getChild("price"), first, entries, 100_000);
    item.setValueCount(entries);
    ListVector tags = (ListVector) root.getVector("tags");
    values((FieldVector) tags.getDataVector(), first, list(tags, first, count), 100);
  }

  private static void struct(StructVector struct, int count) {
    struct.setInitialCapacity(count);
    struct.allocateNew();
    NumberRows.present(struct, count);
  }

  /** Lists of none up to four entries; gives the number of all entries. */
  private static int list(ListVector list, long first, int count) {
    list.setInitialCapacity(count);
    list.allocateNew();
    NumberRows.present(list, count);
    int end = 0;
    for (int i = 0; i < count; i++) {
      end += (int) ((first + i) % MOST);
      list.getOffsetBuffer().setInt((i + 1L) * Integer.BYTES, end);
    }
    list.setLastSet(count - 1);
    return end;
  }

  private static void values(FieldVector vector, long first, int count, int different) {
    byte[] text = "value-0000".getBytes(StandardCharsets.US_ASCII);
    if (vector instanceof VarCharVector texts) {
      texts.allocateNew((long) TEXT_BYTES * count, count);
    } else {
      vector.setInitialCapacity(count);
      vector.allocateNew();
    }
    for (int i = 0; i < count; i++) {
      int value = (int) (Shape.mixed(first + i) % different);
      if (vector instanceof VarCharVector texts) {
        texts.set(i, text(text, value));
      } else if (vector instanceof IntVector numbers) {
        numbers.set(i, value);
      } else if (vector instanceof BigIntVector numbers) {
        numbers.set(i, first + i);
      } else {
        ((Float8Vector) vector).set(i, value / 100.0);
      }
    }
    vector.setValueCount(count);
  }

  private static byte[] text(byte[] text, int number) {
    int rest = number;
    for (int digit = TEXT_BYTES - 1; digit >= 5; digit--) {
      text[digit] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    return text;
  }
}
