package io.connectorkit.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RemoteAttachTest {

  private static final TableInfo ORDERS = TableInfo.table("sales.Orders").column("id", Types.int64()).build();
  private static final TableInfo TOTALS = TableInfo.table("totals").column("n", Types.int64()).build();

  @Test
  void eachStepIsANewOneAndTheOldOneStaysAsItIs() {
    RemoteAttach bare = RemoteAttach.of("bq", "bigquery", "project=acme");
    RemoteAttach whole = bare.tokenIn("ACME_TOKEN").with(ORDERS, "sales", "Orders").withCall(TOTALS, "bigquery_query", "acme", "SELECT 1");
    assertEquals(new RemoteAttach("bq", "bigquery", "project=acme", "", Map.of()), bare);
    assertEquals("ACME_TOKEN", whole.tokenEnv());
    assertEquals(Map.of("sales.Orders", new RemoteAttach.Name(List.of("sales", "Orders")),
        "totals", new RemoteAttach.Call("bigquery_query", List.of("acme", "SELECT 1"))), whole.tables());
  }

  @Test
  void whatIsSaidOfATableLastCounts() {
    RemoteAttach attach = RemoteAttach.of("bq", "bigquery", "").with(ORDERS, "a").with(ORDERS, "b");
    assertEquals(Map.of("sales.Orders", new RemoteAttach.Name(List.of("b"))), attach.tables());
  }

  @Test
  void namesAreCopied() {
    List<String> names = new ArrayList<>(List.of("a"));
    RemoteAttach.Name name = new RemoteAttach.Name(names);
    names.add("b");
    assertEquals(List.of("a"), name.names());
  }

  @Test
  void nothingMayBeNull() {
    assertThrows(NullPointerException.class, () -> RemoteAttach.of("bq", null, ""));
    assertThrows(NullPointerException.class, () -> RemoteAttach.of("bq", "bigquery", "").tokenIn(null));
  }
}
