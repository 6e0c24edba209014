package io.connectorkit.connector.bigquery;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;

/** Tables that tests share. */
public final class Samples {

  static final Instant FIRST = Instant.parse("2026-01-01T00:00:00Z");

  private static final ArrowType INT64 = new ArrowType.Int(64, true);

  private Samples() {}

  /** Orders, an empty table, and a view. */
  public static FakeBigQuery shop(FakeBigQuery fake) {
    orders(fake.table("shop", "orders", "TABLE").saying("'description': 'Orders of the shop', "), 700);
    orders(fake.table("shop", "large_orders", "VIEW"), 250);
    fake.table("shop", "nothing", "TABLE").column("id", "INTEGER", INT64);
    return fake;
  }

  /** Fills a table with orders. */
  public static FakeTable orders(FakeTable table, int count) {
    table.column("id", "INTEGER", INT64).column("total", "NUMERIC", new ArrowType.Decimal(38, 9, 128))
        .column("updated_at", "TIMESTAMP", new ArrowType.Timestamp(TimeUnit.MICROSECOND, "UTC")).column("deleted", "BOOLEAN", ArrowType.Bool.INSTANCE)
        .column("note", "STRING", ArrowType.Utf8.INSTANCE);
    for (long id = 1; id <= count; id++) {
      put(table, id, id, false);
    }
    return table;
  }

  /** Inserts an order, or changes it, in that second. */
  public static void put(FakeTable table, long id, long second, boolean deleted) {
    table.put(id, new BigDecimal(id + "." + String.format("%09d", second)), FIRST.plusSeconds(second), deleted, id % 10 == 0 ? null : "note 'n' " + id);
  }

  /** Of an instance that reads the orders in increments. */
  public static Map<String, Object> settings(FakeBigQuery fake) {
    Map<String, Object> settings = fake.settings();
    Map<String, Object> increments = Map.of("key", java.util.List.of("id"), "incremental", "updated_at", "deleted", "deleted");
    settings.put("datasets", java.util.List.of("shop"));
    settings.put("tables", Map.of("shop.orders", increments, "shop.large_orders", increments));
    return settings;
  }
}
