package io.connectorkit.api.internal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.connectorkit.api.Types;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.complex.MapVector;
import org.apache.arrow.vector.complex.impl.UnionMapWriter;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What Java values are written with is what they are read as. */
class BatchRowsTest {

  private static final ArrowType NANOS = new ArrowType.Timestamp(TimeUnit.NANOSECOND, null);

  private final BufferAllocator allocator = new RootAllocator();

  @AfterEach
  void allMemoryIsReleased() {
    allocator.close();
  }

  private Object roundTrip(Field field, Object value) {
    try (VectorSchemaRoot batch = VectorSchemaRoot.create(new Schema(List.of(field)), allocator)) {
      FieldVector vector = batch.getVector(0);
      vector.allocateNew();
      ValueWriter writer = ValueWriters.of(vector);
      writer.write(0, null);
      writer.write(1, value);
      batch.setRowCount(2);
      List<Map<String, Object>> rows = new BatchRows(batch);
      assertEquals(2, rows.size());
      assertEquals(new HashMap<>(java.util.Collections.singletonMap("c", null)), rows.get(0));
      return rows.get(1).get("c");
    }
  }

  private void same(ArrowType type, Object value) {
    assertEquals(value, roundTrip(Field.nullable("c", type), value));
  }

  @Test
  void numbersComeBackToTheLastDigit() {
    for (int bits : new int[] {8, 16, 32, 64}) {
      same(new ArrowType.Int(bits, true), -(1L << (bits - 1)));
      same(new ArrowType.Int(bits, true), (1L << (bits - 1)) - 1);
    }
    for (int bits : new int[] {8, 16, 32}) {
      same(new ArrowType.Int(bits, false), (1L << bits) - 1);
    }
    same(new ArrowType.Int(64, false), new BigInteger("18446744073709551615"));
    same(Types.decimal(38, 9), new BigDecimal("12345678901234567890123456789.123456789"));
    same(Types.float64(), Double.MIN_VALUE);
    same(new ArrowType.FloatingPoint(org.apache.arrow.vector.types.FloatingPointPrecision.SINGLE), 0.1f);
    same(Types.bool(), true);
  }

  @Test
  void datesAndTimesComeBackBeforeAndAfterTheEpoch() {
    same(Types.date(), LocalDate.of(1, 1, 1));
    same(Types.time(), LocalTime.of(23, 59, 59, 999_999_000));
    same(Types.instant(), Instant.parse("1969-12-31T23:59:59.999999Z"));
    same(Types.dateTime(), LocalDateTime.parse("2026-02-28T12:00:00.000001"));
    same(NANOS, LocalDateTime.parse("1969-07-20T20:17:40.123456789"));
    same(new ArrowType.Timestamp(TimeUnit.SECOND, null), LocalDateTime.parse("0001-01-01T00:00:00"));
  }

  @Test
  void textsAndBytesComeBack() {
    same(Types.text(), "größer als \uD83D\uDE80 \0");
    assertArrayEquals(new byte[] {0, -1}, (byte[]) roundTrip(Field.nullable("c", Types.binary()), new byte[] {0, -1}));
  }

  @Test
  void nestedValuesComeBackWithTheirNulls() {
    Field item = Field.nullable("item", Types.int64());
    Field list = new Field("c", FieldType.nullable(ArrowType.List.INSTANCE), List.of(item));
    assertEquals(Arrays.asList(1L, null, 3L), roundTrip(list, Arrays.asList(1L, null, 3L)));
    assertEquals(List.of(), roundTrip(list, List.of()));
    Field struct = new Field("c", FieldType.nullable(ArrowType.Struct.INSTANCE), List.of(Field.nullable("a", Types.text()), list));
    Map<String, Object> value = new HashMap<>(Map.of("c", List.of(7L)));
    value.put("a", null);
    assertEquals(value, roundTrip(struct, value));
  }

  @Test
  void mapsComeBack() {
    try (MapVector vector = MapVector.empty("c", allocator, false)) {
      UnionMapWriter writer = vector.getWriter();
      writer.setPosition(0);
      writer.startMap();
      writer.startEntry();
      writer.key().bigInt().writeBigInt(1);
      writer.value().bigInt().writeBigInt(2);
      writer.endEntry();
      writer.endMap();
      vector.setValueCount(1);
      assertEquals(Map.of(1L, 2L), JavaValue.of(vector, 0));
    }
  }

  @Test
  void rowsCannotBeChangedAndEndWhereTheBatchEnds() {
    try (VectorSchemaRoot batch = VectorSchemaRoot.create(new Schema(List.of(Field.nullable("c", Types.int64()))), allocator)) {
      batch.allocateNew();
      batch.setRowCount(1);
      List<Map<String, Object>> rows = new BatchRows(batch);
      assertThrows(UnsupportedOperationException.class, () -> rows.get(0).put("c", 1L));
      assertThrows(IndexOutOfBoundsException.class, () -> rows.get(1));
    }
  }
}
