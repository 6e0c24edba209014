package io.connectorkit.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class NamesTest {

  @Test
  void aTrailingNewlineIsNoPartOfAName() { // B2
    assertTrue(Names.isView("orders"));
    assertFalse(Names.isView("orders\n"));
    assertFalse(Names.isInstance("jira\n"));
  }

  @Test
  void namesOfTheHostAreRefusedInAnyCase() { // B3
    for (String name : List.of("_meta", "_META", "_remote_attach", "_kit_runs", "_Kit_x")) {
      assertFalse(Names.isView(name), name);
    }
  }

  @Test
  void schemasThatDuckDbReservesAreNoInstances() { // I2
    for (String name : List.of("main", "temp", "system", "memory", "information_schema", "../etc", "a-b", "A", "")) {
      assertFalse(Names.isInstance(name), name);
    }
  }

  @Test
  void wordsOfSqlAreNoInstancesAndMayBeViews() { // B6
    for (String word : List.of("select", "order", "full", "default")) {
      assertFalse(Names.isInstance(word), word);
      assertTrue(Names.isView(word), word);
    }
    assertTrue(Names.isInstance("orders"));
  }

  @Test
  void anyTextBecomesAViewName() { // B1
    assertEquals("in_c_main_orders", Names.toView("in.c-main.orders"));
    assertEquals("t_2024_sales", Names.toView("2024 Sales"));
    assertEquals("t_", Names.toView("…"));
    for (String text : List.of("", " ", "ä", "x".repeat(200), "a/b\\c\"d", "1")) {
      assertTrue(Names.isView(Names.toView(text)), text);
    }
  }

  @Test
  void longTextsThatDifferAtTheEndStayDifferent() {
    assertFalse(Names.toView("x".repeat(100) + "a").equals(Names.toView("x".repeat(100) + "b")));
  }
}
