package io.connectorkit.connector.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.connectorkit.api.Settings;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A1, A2: names of any characters, each another text; no part of one ends up as SQL. */
class TableIdTest {

  @Test
  void everyNameIsReadBackFromItsText() {
    for (List<String> parts : List.of(List.of("a"), List.of("a.b", "c"), List.of("a", "b.c"), List.of("a\"b", "; DROP TABLE x --"), List.of("Ä", ""))) {
      assertEquals(parts, TableId.parse(new TableId(parts).toString()).parts());
    }
    assertEquals("crm.\"Odd.\"\"Name\"", new TableId(List.of("crm", "Odd.\"Name")).toString());
  }

  @Test
  void inSqlQuotesAreDoubled() {
    assertEquals("\"a\"\"b\".\"c\"", new TableId(List.of("a\"b", "c")).sql("\""));
    assertEquals("`a\"b`.`c```", new TableId(List.of("a\"b", "c`")).sql("`"));
  }

  @Test
  void patternsMeanTextAndStarsAlone() {
    TableId orders = new TableId(List.of("public", "orders_1"));
    assertTrue(wanted(orders, "include", "ORDERS*") && wanted(orders, "include", "public.*") && wanted(orders, "exclude", "order"));
    assertFalse(wanted(orders, "include", "orders.1") || wanted(orders, "include", "\\E.*\\Q") || wanted(orders, "exclude", "*1"));
    assertFalse(wanted(new TableId(List.of("public", "connectorkit_writes")), "include", "*"), "what the connector itself keeps there");
  }

  private static boolean wanted(TableId id, String option, String pattern) {
    return TableOptions.wanted(new Settings(Map.of(option, List.of(pattern))), id, true);
  }
}
