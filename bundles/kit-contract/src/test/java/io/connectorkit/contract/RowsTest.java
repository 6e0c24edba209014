package io.connectorkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.connectorkit.api.BatchSource;
import io.connectorkit.api.ConnectorException;
import io.connectorkit.api.Reads;
import io.connectorkit.api.TableInfo;
import io.connectorkit.api.Types;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.junit.jupiter.api.Test;

/** Rows of Java values become Arrow batches exactly, or not at all (M8). */
class RowsTest {

  private static Reads rows(Object[]... rows) {
    return request -> BatchSource.rows(request, Stream.of(rows));
  }

  private static List<List<Object>> read(ArrowType type, Object... values) throws IOException {
    TableInfo table = TableInfo.table("t").column("c", type).build();
    try (ConnectorProbe probe = new ConnectorProbe(Map.of(), Map.of())) {
      return probe.rows(rows(Arrays.stream(values).map(value -> new Object[] {value}).toArray(Object[][]::new)), table, 2);
    }
  }

  private static String refusal(ArrowType type, Object value) {
    return assertThrows(ConnectorException.class, () -> read(type, value)).getMessage();
  }

  @Test
  void valuesThatFitAreKeptExactly() throws IOException {
    assertEquals(List.of(List.of(Long.MAX_VALUE), List.of(7L), List.of(3L)),
        read(Types.int64(), BigInteger.valueOf(Long.MAX_VALUE), "7", 3.0));
    assertEquals(List.of(List.of(new BigDecimal("12.50"))), read(Types.decimal(12, 2), "12.5"));
    assertEquals(List.of(List.of("a\0😀")), read(Types.text(), "a\0😀"));
    assertEquals(List.of(List.of(LocalDate.of(2024, 2, 29))), read(Types.date(), "2024-02-29"));
    assertEquals(1, read(Types.instant(), Instant.parse("2024-02-29T12:00:00.123456Z")).size());
  }

  @Test
  void valuesThatDoNotFitAreRefusedWithColumnAndRow() {
    assertEquals("table 't', row 1, column 'c': '9223372036854775808' (BigInteger) is not a signed integer of 64 bits",
        refusal(Types.int64(), BigInteger.ONE.shiftLeft(63)));
    assertTrue(refusal(Types.int32(), 1.5).contains("is not a signed integer of 32 bits"));
    assertTrue(refusal(Types.decimal(4, 2), "1.234").contains("decimal(4, 2)"));
    assertTrue(refusal(Types.decimal(4, 2), "123.45").contains("decimal(4, 2)"));
    assertTrue(refusal(Types.text(), "half \ud83d").contains("surrogate"));
    assertTrue(refusal(Types.float64(), (1L << 53) + 1).contains("floating-point"));
    assertTrue(refusal(Types.instant(), Instant.ofEpochSecond(0, 1)).contains("1/1000000 s"));
    assertTrue(refusal(Types.instant(), "2024-02-29T12:00:00").contains("offset"));
    assertTrue(refusal(Types.bool(), "yes").contains("true or false"));
  }

  @Test
  void nullsAreKeptAndRefusedInKeys() throws IOException {
    assertEquals(Arrays.asList((Object) null), read(Types.text(), (Object) null).get(0));
    TableInfo keyed = TableInfo.table("t").key("id").column("id", Types.int64()).build();
    try (ConnectorProbe probe = new ConnectorProbe(Map.of(), Map.of())) {
      ConnectorException e = assertThrows(ConnectorException.class, () -> probe.rows(rows(new Object[] {null}), keyed, 10));
      assertTrue(e.getMessage().contains("not nullable"));
    }
  }

  @Test
  void everyBatchSizeGivesTheSameRows() throws IOException {
    TableInfo table = TableInfo.table("t").column("n", Types.int64()).column("text", Types.text()).build();
    Reads connector = request -> BatchSource.rows(request, IntStream.range(0, 1000).mapToObj(i -> new Object[] {i, "x".repeat(i % 50)}));
    try (ConnectorProbe probe = new ConnectorProbe(Map.of(), Map.of())) {
      List<List<Object>> whole = probe.rows(connector, table, 1_000_000);
      assertEquals(1000, whole.size());
      for (int size : new int[] {1, 7, 1000}) {
        assertEquals(whole, probe.rows(connector, table, size));
      }
    }
  }

  @Test
  void wideRowsEndABatchEarly() throws IOException { // C7
    TableInfo table = TableInfo.table("t").column("text", Types.text()).build();
    String wide = "x".repeat(1 << 20);
    Reads connector = request -> BatchSource.rows(request, Stream.generate(() -> new Object[] {wide}).limit(40));
    try (ConnectorProbe probe = new ConnectorProbe(Map.of(), Map.of())) {
      int[] most = {0};
      probe.read(connector, table, 1000, batch -> most[0] = Math.max(most[0], batch.getRowCount()));
      assertEquals(8, most[0]);
    }
  }

  @Test
  void recordsGoToColumnsByNameAndErrorsNameThePage() throws IOException {
    TableInfo table = TableInfo.table("t").column("id", Types.int64()).column("name", Types.text()).build();
    Map<String, Object> partial = new HashMap<>();
    partial.put("id", 2);
    List<List<Map<String, Object>>> pages = List.of(List.of(Map.of("name", "a", "id", 1, "other", "x")), List.of(), List.of(partial));
    try (ConnectorProbe probe = new ConnectorProbe(Map.of(), Map.of())) {
      assertEquals(List.of(List.of(1L, "a"), Arrays.asList(2L, null)),
          probe.rows(request -> BatchSource.pages(request, pages.iterator()), table, 10));
      List<List<Map<String, Object>>> bad = List.of(List.of(partial), List.of(Map.of("id", "x")));
      ConnectorException e = assertThrows(ConnectorException.class,
          () -> probe.rows(request -> BatchSource.pages(request, bad.iterator()), table, 10));
      assertTrue(e.getMessage().contains("row 2 (page 2), column 'id'"), e.getMessage());
    }
  }

  @Test
  void listsAndMappingsAreNested() throws IOException {
    Field item = new Field("item", FieldType.nullable(Types.text()), null);
    Field list = new Field("tags", FieldType.nullable(ArrowType.List.INSTANCE), List.of(item));
    Field name = new Field("name", FieldType.nullable(Types.text()), null);
    Field struct = new Field("owner", FieldType.nullable(ArrowType.Struct.INSTANCE), List.of(name));
    TableInfo table = TableInfo.table("t").column(list).column(struct).build();
    Reads connector = rows(new Object[] {List.of("a", "b"), Map.of("name", "x")}, new Object[] {List.of(), null});
    try (ConnectorProbe probe = new ConnectorProbe(Map.of(), Map.of())) {
      List<List<Object>> rows = probe.rows(connector, table, 10);
      assertEquals(List.of(List.of("a", "b"), Map.of("name", "x")), rows.get(0));
      assertEquals(Arrays.asList(List.of(), null), rows.get(1));
    }
  }
}
