package io.connectorkit.connector.keboola;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.connectorkit.api.BatchSource.Mode;
import io.connectorkit.api.ConnectorException;
import io.connectorkit.api.ConnectorException.Kind;
import io.connectorkit.api.RemoteAttach;
import io.connectorkit.api.Split;
import io.connectorkit.api.TableInfo;
import io.connectorkit.api.Watermark;
import io.connectorkit.connector.keboola.fake.FakeTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is read of Keboola, and how. */
@Timeout(60)
class KeboolaTest extends KeboolaFixture {

  private FakeTable orders() {
    return fake.table(ORDERS, List.of("id"), "id INTEGER", "note STRING");
  }

  private static String columns(TableInfo table) {
    return table.schema().getFields().stream().map(field -> field.getName() + " " + Conversion.duckDb(field.getType())).collect(Collectors.joining(", "));
  }

  /** J8: types come from what is said of the columns, by whom most is thought of. */
  @Test
  void typesComeFromTheMostTrustedProvider() {
    fake.table("in.c-a.t", List.of(), "none", "i BIGINT", "d NUMERIC(38,10)", "f FLOAT", "b BOOLEAN", "day DATE", "at TIMESTAMP", "odd GEOGRAPHY", "n NUMERIC",
        "wide NUMERIC(39,0)", "zone TIMESTAMP", "told STRING").say("zone", "storage", "KBC.datatype.type", "TIMESTAMP_TZ")
        .say("told", "somebody", "KBC.datatype.basetype", "DATE").say("told", "ai-metadata-enrichment", "KBC.datatype.basetype", "DATE")
        .say("told", "user", "KBC.datatype.type", "DECIMAL").say("told", "user", "KBC.datatype.length", "5,1");
    assertEquals("none VARCHAR, i BIGINT, d DECIMAL(38,10), f DOUBLE, b BOOLEAN, day DATE, at TIMESTAMP, odd VARCHAR, n VARCHAR, wide VARCHAR,"
        + " zone TIMESTAMPTZ, told DECIMAL(5,1)", columns(table("in_c_a_t")));
  }

  /** J10, J11: only the chosen buckets; aliases with the types of their source; names that SQL tells apart. */
  @Test
  void tablesAreThoseOfTheChosenBuckets() {
    orders();
    fake.table("in.c-b.alias", List.of("ID"), "ID", "id", "Id_2").with("isAlias", true).with("columnMetadata", Map.of()).with("sourceTable",
        Map.of("id", ORDERS, "columnMetadata", Map.of("ID", List.of(Map.of("provider", "storage", "key", "KBC.datatype.basetype", "value", "INTEGER")))));
    fake.table("in.c-b.a_b", List.of(), "x");
    fake.table("in.c-b.a-b", List.of(), "x");
    set("buckets", List.of("in.c-b"));
    List<TableInfo> tables = probe().discover(connector);
    assertEquals(List.of("in.c-b.a-b", "in.c-b.a_b", "in.c-b.alias"), tables.stream().map(TableInfo::sourceId).toList());
    assertEquals(3, tables.stream().map(TableInfo::viewName).collect(Collectors.toSet()).size());
    assertTrue(tables.get(0).viewName().matches("in_c_b_a_b_[0-9a-f]{8}"), tables.get(0).viewName());
    assertEquals("ID BIGINT, id_3 VARCHAR, Id_2 VARCHAR", columns(tables.get(2)));
    assertEquals(List.of("ID"), tables.get(2).primaryKey());
    fake.asked();
    assertEquals(List.of(), read(tables.get(2)).cells());
    assertTrue(fake.asked().stream().noneMatch(each -> each.contains("/tables?")));
  }

  /** J9, I6: a token is checked where it counts. */
  @Test
  void aWrongTokenIsAnError() {
    orders();
    fake.token("another");
    assertEquals(Kind.AUTHENTICATION, assertThrows(ConnectorException.class, () -> probe().discover(connector)).kind());
    assertEquals(List.of("GET /v2/storage/tokens/verify"), fake.asked());
  }

  /** J10: one that is not there is not one without tables. */
  @Test
  void aWrongBucketIsAnError() {
    orders();
    set("buckets", List.of("in.c-none"));
    assertEquals(Kind.PERMANENT, assertThrows(ConnectorException.class, () -> probe().discover(connector)).kind());
  }

  /** J6: from the last position on, with an overlap; deleted rows and a table that was loaded anew lead to all rows. */
  @Test
  void changesAreReadFromTheLastPositionOn() {
    FakeTable orders = orders().put("1", "a").put("2", "b");
    fake.pass(7200);
    orders.put("3", "c");
    TableInfo table = table("in_c_shop_orders");
    Rows first = read(table);
    assertEquals(List.of(Mode.FULL, 3), List.of(first.mode(), first.cells().size()));
    fake.pass(7200);
    orders.put("2", "B").put("4", "d");
    Rows delta = read(table, first.next(), Split.WHOLE);
    assertEquals(Mode.AS_ASKED, delta.mode());
    assertEquals(Set.of(List.of("2", "B"), List.of("3", "c"), List.of("4", "d")), Set.copyOf(delta.cells()));
    fake.pass(1800);
    orders.put("5", "e");
    Rows again = read(table, delta.next(), Split.WHOLE);
    assertEquals(Set.of("2", "4", "5"), again.cells().stream().map(row -> row.get(0)).collect(Collectors.toSet()));
    orders.remove(row -> row.cells().get(0).equals("1"));
    Rows fewer = read(table, again.next(), Split.WHOLE);
    assertEquals(List.of(Mode.FULL, 4), List.of(fewer.mode(), fewer.cells().size()));
    fake.pass(7200);
    for (String id : List.of("2", "3", "4", "5")) {
      orders.put(id, "new");
    }
    orders.remove(row -> row.cells().get(0).equals("3"));
    orders.put("6", "new");
    Rows loaded = read(table, fewer.next(), Split.WHOLE);
    assertEquals(List.of(Mode.FULL, 4), List.of(loaded.mode(), loaded.cells().size()));
  }

  @Test
  void withoutAKeyOrWithFiltersAllRowsAreRead() {
    fake.table("in.c-a.keyless", List.of(), "x").put("1").put("1");
    orders().put("1", "2025-12-31").put("2", "2026-01-01").put("3", "2026-01-02");
    set("tables", Map.of(ORDERS, Map.of("where", List.of(Map.of("column", "note", "operator", "ge", "values", List.of("2026-01-01")),
        Map.of("column", "id", "values", List.of("2", "7"))))));
    Rows keyless = read(table("in_c_a_keyless"));
    assertEquals(List.of(List.of("1"), List.of("1")), keyless.cells());
    assertNull(keyless.next());
    Rows filtered = read(table("in_c_shop_orders"), Watermark.opaque("1 1"), Split.WHOLE);
    assertEquals(List.of(List.of("2", "2026-01-01")), filtered.cells());
    assertEquals(Mode.FULL, filtered.mode());
  }

  @Test
  void aTableThatDoesNotSayWhenItChangedIsReadAsAWhole() {
    FakeTable orders = orders().put("1", "a").with("lastChangeDate", "yesterday").with("lastImportDate", null);
    TableInfo table = table("in_c_shop_orders");
    assertNull(read(table).next());
    Rows again = read(table, Watermark.opaque("99999999999 1"), Split.WHOLE);
    assertEquals(List.of(Mode.FULL, 1), List.of(again.mode(), again.cells().size()));
    orders.with("lastChangeDate", "2026-01-01T01:00:00+0100").put("2", "b");
    assertEquals("1767225600 2", read(table).next().text());
  }

  @Test
  void aFirstLoadInWindowsHoldsEachRowOnce() {
    FakeTable orders = orders();
    for (int id = 1; id <= 50; id++) {
      orders.put(String.valueOf(id), "a");
      fake.pass(86_400);
    }
    set("tables", Map.of(ORDERS, Map.of("window_days", 7)));
    TableInfo table = table("in_c_shop_orders");
    List<Split> splits = connector.splits(request(table, null, Split.WHOLE));
    assertEquals(8, splits.size());
    List<List<String>> rows = new ArrayList<>();
    Rows piece = null;
    for (Split split : splits) {
      piece = read(table, null, split);
      assertEquals(Mode.FULL, piece.mode());
      rows.addAll(piece.cells());
      // Changes under way are for the next read.
      orders.put("3", "later");
      orders.put("99", "later");
    }
    assertEquals(50, rows.stream().map(row -> row.get(0)).distinct().count() + (rows.stream().anyMatch(row -> row.get(0).equals("3")) ? 0 : 1));
    assertEquals(rows.size(), rows.stream().map(row -> row.get(0)).distinct().count());
    assertEquals(List.of(Split.WHOLE), connector.splits(request(table, piece.next(), Split.WHOLE)));
    Set<String> after = read(table, piece.next(), Split.WHOLE).cells().stream().map(row -> row.get(0)).collect(Collectors.toSet());
    assertTrue(after.containsAll(Set.of("3", "99")), after.toString());
  }

  @Test
  void theExtensionGetsTheStackWithoutASlash() {
    orders();
    TableInfo table = table("in_c_shop_orders");
    RemoteAttach attach = connector.attach(probe().context(), List.of(table));
    assertEquals(List.of("kbc", "keboola", fake.url(), "KEBOOLA_STORAGE_TOKEN"), List.of(attach.alias(), attach.extension(), attach.url(), attach.tokenEnv()));
    assertEquals(Map.of(ORDERS, new RemoteAttach.Name(List.of("in.c-shop", "orders"))), attach.tables());
  }

  @Test
  void onlyTheWantedColumnsAreExported() {
    orders().put("1", "a");
    TableInfo table = table("in_c_shop_orders");
    var request = new Request(probe().context(), table, java.util.Optional.empty(), List.of("note"), Split.WHOLE);
    assertEquals(List.of(Map.of("note", "a")), probe().context().select((io.connectorkit.api.BatchSource.Query) connector.read(request)));
  }

  @Test
  void aJobThatFailsSaysWhy() {
    orders().put("1", "a");
    TableInfo table = table("in_c_shop_orders");
    fake.failExports("{\"code\": \"storage.tables.cannotExport\", \"message\": \"No\\nway\"}");
    ConnectorException e = assertThrows(ConnectorException.class, () -> read(table));
    assertEquals(Kind.PERMANENT, e.kind());
    assertTrue(e.getMessage().matches("the export of 'in.c-shop.orders' failed in job \\d+: No way"), e.getMessage());
    fake.failExports("{\"code\": \"storage.internalError\", \"message\": \"Oops\"}");
    assertEquals(Kind.TRANSIENT, assertThrows(ConnectorException.class, () -> read(table)).kind());
    fake.failExports("");
    fake.drop(ORDERS);
    assertEquals(Kind.PERMANENT, assertThrows(ConnectorException.class, () -> read(table)).kind());
  }

  @Test
  void placeholdersAreDatesAndNothingElse() {
    var filters = new WhereFilters(java.time.Clock.fixed(java.time.Instant.parse("2026-05-31T23:30:00Z"), java.time.ZoneId.of("Asia/Tokyo")));
    Map<String, Object> form = filters.form(List.of(Map.of("column", "c", "operator", "gt",
        "values", List.of("{{today}}", "x {{ last_week }} y", "{{start_of_3_months_ago}}", "{{last_2_years}}", "{today}"))));
    assertEquals(List.of("c", "gt", "2026-05-31", "x 2026-05-24 y", "2026-02-01", "2024-05-31", "{today}"), List.copyOf(form.values()));
    assertTrue(form.containsKey("whereFilters[0][values][4]"));
    for (Object wrong : List.of(Map.of("column", "c", "values", List.of("{{yesterday}}")), Map.of("column", "c", "operator", "like", "values", List.of("x")),
        Map.of("column", "c"), Map.of("values", List.of("x")), Map.of("column", "c", "values", List.of("x"), "also", 1), "c = 1")) {
      ConnectorException e = assertThrows(ConnectorException.class, () -> filters.form(List.of(wrong)), wrong.toString());
      assertFalse(e.getMessage().contains("\n"));
    }
  }
}
