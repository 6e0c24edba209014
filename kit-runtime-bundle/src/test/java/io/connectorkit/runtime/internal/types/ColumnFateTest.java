package io.connectorkit.runtime.internal.types;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.connectorkit.host.KitException;
import java.util.List;
import java.util.Map;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.UnionMode;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.Test;

/** M8: what is decided at schema time. */
class ColumnFateTest {

  private static Field list(Field item) {
    return new Field("list", FieldType.nullable(ArrowType.List.INSTANCE), List.of(item));
  }

  private static DeliveredTypes types(Field... fields) {
    return DeliveredTypes.of("t", new Schema(List.of(fields)), null);
  }

  private static String decimal(int precision, int scale, int bits) {
    return StoredType.of(types(Field.nullable("d", new ArrowType.Decimal(precision, scale, bits))).stored().findField("d"));
  }

  @Test
  void decimalsStayDecimalsWhereverThirtyEightDigitsAreEnough() {
    assertEquals(List.of("DECIMAL(38,0)", "DECIMAL(38,0)", "VARCHAR", "DECIMAL(10,10)", "VARCHAR", "DECIMAL(38,38)", "VARCHAR"),
        List.of(decimal(38, 0, 256), decimal(35, -3, 128), decimal(36, -3, 128), decimal(5, 10, 128), decimal(39, 0, 256), decimal(38, 38, 128),
            decimal(3, 39, 256)));
  }

  @Test
  void tablesThatNeedNoCastAreMovedAsTheyAre() {
    assertTrue(types(list(Field.nullable("item", ArrowType.Utf8.INSTANCE)), Field.nullable("n", new ArrowType.Int(64, true))).exact());
  }

  @Test
  void refusalsNameThePathOfANestedColumn() {
    Field union = new Field("u", FieldType.nullable(new ArrowType.Union(UnionMode.Sparse, null)), List.of());
    String message = assertThrows(KitException.class, () -> types(list(union))).getMessage();
    assertTrue(message.startsWith("KIT-3004 table 't', column 'list.u': type Union") && message.endsWith("a struct with one field per case"), message);
  }

  @Test
  void columnsThatDifferOnlyInCaseAreRefused() {
    Field one = Field.nullable("a", ArrowType.Utf8.INSTANCE);
    Field other = Field.nullable("A", ArrowType.Utf8.INSTANCE);
    assertTrue(assertThrows(KitException.class, () -> types(one, other)).getMessage().contains("upper and lower case"));
  }

  @Test
  void castsAreToldOfEachFieldAndKeepItsDescription() {
    Field half = new Field("h", new FieldType(true, new ArrowType.FloatingPoint(FloatingPointPrecision.HALF), null, Map.of("description", "how high")),
        null);
    Field instant = Field.nullable("at", new ArrowType.Timestamp(TimeUnit.NANOSECOND, "Asia/Tokyo"));
    assertEquals(List.of(
        new PublishedColumn(1, "list", "List", "FLOAT[]", "", null, null),
        new PublishedColumn(1, "list.h", "FloatingPoint(HALF)", "FLOAT", "float32", null, "how high"),
        new PublishedColumn(2, "at", "Timestamp(NANOSECOND, Asia/Tokyo)", "TIMESTAMP_NS", "timestamp in nanoseconds without a zone, in UTC",
            "Asia/Tokyo", null)),
        PublishedColumn.of(types(list(half), instant).stored().toJson()));
  }

  @Test
  void onlyColumnsThatKeepTheirOrderCanBeComparedWith() {
    assertTrue(DeliveredTypes.comparable(new ArrowType.Decimal(20, -2, 128)));
    assertTrue(!DeliveredTypes.comparable(new ArrowType.Decimal(76, 0, 256)));
    assertTrue(!DeliveredTypes.comparable(new ArrowType.Timestamp(TimeUnit.NANOSECOND, "UTC")));
  }
}
