package io.connectorkit.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class TableInfoTest {

  @Test
  void theSourcesNameAndTheViewNameAreTwoThings() { // A1
    TableInfo table = TableInfo.table("in.c-main.Orders").column("id", Types.int64()).build();
    assertEquals("in.c-main.Orders", table.sourceId());
    assertEquals("in_c_main_orders", table.viewName());
  }

  @Test
  void keyColumnsAreNotNullable() { // A4
    TableInfo table = TableInfo.table("orders").key("id").column("id", Types.int64()).column("note", Types.text()).build();
    assertFalse(table.schema().findField("id").isNullable());
    assertTrue(table.schema().findField("note").isNullable());
  }

  @Test
  void aKeyOfUnknownColumnsIsRefused() { // A4
    TableInfo.Builder builder = TableInfo.table("orders").key("di").column("id", Types.int64());
    assertTrue(assertThrows(IllegalArgumentException.class, builder::build).getMessage().contains("[di]"));
  }

  @Test
  void aColumnThatStandsTwiceIsRefused() {
    TableInfo.Builder builder = TableInfo.table("orders").column("id", Types.int64()).column("id", Types.text());
    assertThrows(IllegalArgumentException.class, builder::build);
  }

  @Test
  void filesAreCutByAColumnThatIsThere() {
    TableInfo.Builder builder = TableInfo.table("issues").column("created", Types.instant());
    assertEquals("created", builder.partitionedBy("created").build().partitionColumn().orElseThrow());
    assertTrue(assertThrows(IllegalArgumentException.class, () -> builder.partitionedBy("made").build()).getMessage().contains("'made'"));
  }
}
