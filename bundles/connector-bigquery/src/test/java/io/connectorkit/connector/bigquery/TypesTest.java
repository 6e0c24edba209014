package io.connectorkit.connector.bigquery;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.connectorkit.api.TableInfo;
import io.connectorkit.contract.ConnectorProbe;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.Period;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.arrow.vector.types.DateUnit;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.IntervalUnit;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.junit.jupiter.api.Test;

/** Every type of BigQuery, as the Storage API delivers it, value by value. */
class TypesTest {

  private static final ArrowType INT64 = new ArrowType.Int(64, true);
  private static final ArrowType DATE = new ArrowType.Date(DateUnit.DAY);
  private static final BigDecimal LARGEST = new BigDecimal("99999999999999999999999999999.999999999");
  private static final BigDecimal HUGE = new BigDecimal("78960446186580977117854925043439539266.34992332820282019728792003956564819967");

  private static Field field(String name, ArrowType type, Field... children) {
    return new Field(name, FieldType.nullable(type), List.of(children));
  }

  private static void add(FakeTable table, String json, Field field) {
    table.column("{'name': '" + field.getName() + "', " + json + "}", field);
  }

  private static FakeTable typed(FakeBigQuery fake) {
    FakeTable table = fake.table("shop", "types", "TABLE");
    add(table, "'type': 'INTEGER', 'mode': 'REQUIRED'", new Field("i", new FieldType(false, INT64, null), null));
    add(table, "'type': 'FLOAT'", field("f", new ArrowType.FloatingPoint(FloatingPointPrecision.DOUBLE)));
    add(table, "'type': 'BOOLEAN'", field("b", ArrowType.Bool.INSTANCE));
    add(table, "'type': 'STRING', 'maxLength': '10', 'description': 'a text'", field("s", ArrowType.Utf8.INSTANCE));
    add(table, "'type': 'BYTES'", field("y", ArrowType.Binary.INSTANCE));
    add(table, "'type': 'NUMERIC'", field("n", new ArrowType.Decimal(38, 9, 128)));
    add(table, "'type': 'NUMERIC', 'precision': '12', 'scale': '2'", field("n12", new ArrowType.Decimal(12, 2, 128)));
    add(table, "'type': 'NUMERIC', 'precision': '5'", field("n5", new ArrowType.Decimal(5, 0, 128)));
    add(table, "'type': 'BIGNUMERIC'", field("big", new ArrowType.Decimal(76, 38, 256)));
    add(table, "'type': 'DATE'", field("d", DATE));
    add(table, "'type': 'TIME'", field("t", new ArrowType.Time(TimeUnit.MICROSECOND, 64)));
    add(table, "'type': 'DATETIME'", field("dt", new ArrowType.Timestamp(TimeUnit.MICROSECOND, null)));
    add(table, "'type': 'TIMESTAMP'", field("ts", new ArrowType.Timestamp(TimeUnit.MICROSECOND, "UTC")));
    add(table, "'type': 'TIMESTAMP', 'timestampPrecision': '12'", field("pico", ArrowType.Utf8.INSTANCE));
    add(table, "'type': 'JSON'", field("j", ArrowType.Utf8.INSTANCE));
    add(table, "'type': 'GEOGRAPHY'", field("g", ArrowType.Utf8.INSTANCE));
    add(table, "'type': 'INTERVAL'", field("iv", new ArrowType.Interval(IntervalUnit.MONTH_DAY_NANO)));
    add(table, "'type': 'RANGE', 'rangeElementType': {'type': 'DATE'}", field("r", ArrowType.Struct.INSTANCE, field("start", DATE), field("end", DATE)));
    // The items of lists have another name here: it does not matter.
    add(table, "'type': 'INTEGER', 'mode': 'REPEATED'", field("list", ArrowType.List.INSTANCE, field("element", INT64)));
    add(table, "'type': 'RECORD', 'mode': 'REPEATED', 'fields': [{'name': 'sku', 'type': 'STRING'}, {'name': 'price', 'type': 'NUMERIC'},"
            + " {'name': 'tags', 'type': 'STRING', 'mode': 'REPEATED'}]",
        field("items", ArrowType.List.INSTANCE, field("item", ArrowType.Struct.INSTANCE, field("sku", ArrowType.Utf8.INSTANCE),
            field("price", new ArrowType.Decimal(38, 9, 128)), field("tags", ArrowType.List.INSTANCE, field("item", ArrowType.Utf8.INSTANCE)))));
    table.put(Long.MIN_VALUE, -0.0, true, "naïve 😀", new byte[] {0, -1}, LARGEST, new BigDecimal("1234567890.12"), new BigDecimal("-99999"), HUGE,
        LocalDate.of(1, 1, 1), LocalTime.of(23, 59, 59, 999_999_000), LocalDateTime.of(9999, 12, 31, 23, 59, 59, 999_999_000),
        Instant.parse("0001-01-01T00:00:00Z"), "2026-01-01T00:00:00.123456789012Z", "{\"a\": [1, null]}", "POINT(1 2)",
        List.of(Period.of(1, -2, 3), Duration.ofNanos(-4000)), Map.of("start", LocalDate.of(2026, 1, 1)), List.of(1L, 2L),
        List.of(Map.of("sku", "x", "price", new BigDecimal("0.1"), "tags", List.of("a", "b")), Map.of("tags", List.of())));
    Object[] nulls = new Object[20];
    nulls[0] = 1L;
    nulls[18] = List.of();
    nulls[19] = List.of();
    table.put(nulls);
    return table;
  }

  @Test
  void everyValueArrivesAsItIs() throws Exception {
    try (FakeBigQuery fake = new FakeBigQuery();
        ConnectorProbe probe = new ConnectorProbe(fake.settings(), Map.of("BIGQUERY_SERVICE_ACCOUNT_JSON", fake.key()))) {
      typed(fake);
      BigQueryConnector connector = new BigQueryConnector();
      TableInfo table = probe.table(connector, "shop_types");
      assertEquals("a text", table.schema().findField("s").getMetadata().get(TableInfo.DESCRIPTION));
      assertEquals("arrow.json", table.schema().findField("j").getMetadata().get("ARROW:extension:name"));
      List<List<Object>> rows = probe.rows(connector, table, 1000);
      assertEquals(2, rows.size());
      List<Object> first = rows.get(0);
      assertEquals(Long.MIN_VALUE, first.get(0));
      assertEquals(List.of(-0.0, true, "naïve 😀", "00ff", LARGEST, new BigDecimal("1234567890.12"), new BigDecimal("-99999"), HUGE),
          first.subList(1, 9));
      assertEquals(List.of(LocalDate.of(1, 1, 1), LocalTime.of(23, 59, 59, 999_999_000), LocalDateTime.of(9999, 12, 31, 23, 59, 59, 999_999_000),
          Instant.parse("0001-01-01T00:00:00Z"), "2026-01-01T00:00:00.123456789012Z", "{\"a\": [1, null]}", "POINT(1 2)"), first.subList(9, 16));
      assertEquals("[P10M3D PT-0.000004S, {start=2026-01-01}, [1, 2], [{price=0.100000000, sku=x, tags=[a, b]}, {tags=[]}]]", shown(first.subList(16, 20)));
      List<Object> second = rows.get(1);
      assertEquals(1L, second.get(0));
      assertEquals(Arrays.asList(new Object[17]), second.subList(1, 18));
      assertEquals("[[], []]", second.subList(18, 20).toString());
    }
  }

  /** Without fields that are null, and in one order. */
  private static String shown(Object value) {
    if (value instanceof Map<?, ?> map) {
      return new java.util.TreeMap<>(map).entrySet().stream().filter(each -> each.getValue() != null).map(each -> each.getKey() + "=" + shown(each.getValue()))
          .collect(java.util.stream.Collectors.joining(", ", "{", "}"));
    }
    return value instanceof List<?> list ? list.stream().map(TypesTest::shown).toList().toString() : String.valueOf(value);
  }
}
