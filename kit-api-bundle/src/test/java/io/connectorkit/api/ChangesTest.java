package io.connectorkit.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ChangesTest {

  @Test
  void changesStayInTheirOrder() {
    Changes changes = new Changes().upsert("orders", Map.of("id", 1)).delete("orders", Map.of("id", 2))
        .addAll(new Changes().upsert("items", Map.of("id", 3)));
    assertEquals(List.of(new Changes.Upsert("orders", Map.of("id", 1)), new Changes.Delete("orders", Map.of("id", 2)),
        new Changes.Upsert("items", Map.of("id", 3))), changes.list());
  }

  @Test
  void toReplaceIsToDeleteAllOfAScopeAndThenToSetItsRows() {
    Changes changes = new Changes().replace("comments", Map.of("issue", 7), List.of(Map.of("id", 1, "issue", 7), Map.of("id", 2, "issue", 7)));
    assertEquals(List.of(new Changes.Delete("comments", Map.of("issue", 7)), new Changes.Upsert("comments", Map.of("id", 1, "issue", 7)),
        new Changes.Upsert("comments", Map.of("id", 2, "issue", 7))), changes.list());
    assertEquals(List.of(new Changes.Delete("comments", Map.of("issue", 8))), new Changes().replace("comments", Map.of("issue", 8), List.of()).list());
  }

  @Test
  void aRowIsCopiedAndMayHoldNull() {
    Map<String, Object> row = new HashMap<>();
    row.put("note", null);
    Changes changes = new Changes().upsert("orders", row);
    row.put("note", "later");
    Map<String, Object> before = new HashMap<>();
    before.put("note", null);
    assertEquals(before, ((Changes.Upsert) changes.list().get(0)).row());
  }

  /** One empty scope would empty a table. */
  @Test
  void aDeletionOfEverythingIsRefused() {
    String said = assertThrows(IllegalArgumentException.class, () -> new Changes().delete("orders", Map.of())).getMessage();
    assertTrue(said.contains("'orders'"), said);
    assertThrows(IllegalArgumentException.class, () -> new Changes().replace("orders", Map.of(), List.of(Map.of("id", 1))));
  }

  @Test
  void theListIsAViewThatNobodyCanChange() {
    Changes changes = new Changes();
    List<Changes.Change> list = changes.list();
    changes.upsert("orders", Map.of("id", 1));
    assertEquals(1, list.size());
    assertThrows(UnsupportedOperationException.class, list::clear);
  }
}
