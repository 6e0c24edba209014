package io.connectorkit.itests.product;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.connectorkit.itests.support.Folders;
import io.connectorkit.itests.support.FullOnly;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** G9: an operator sees how far tables have been read and has them read anew, first without a gateway and then with one. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class StateSmokeIT {

  private static final KitProcess KIT = KitProcess.of(StateSmokeIT.class);
  private static Path script;

  @BeforeAll
  static void extractOnce() {
    script = KIT.script("shop", source("one"));
    KIT.kit("extract", "shop").ok();
  }

  @AfterAll
  static void endTheProcesses() {
    KIT.close();
  }

  private static String source(String name) {
    return "tables = orders, items\n" + table("orders", name) + table("items", name);
  }

  private static String table(String table, String name) {
    return table + ".kind = query\n" + table + ".key = id\n" + table + ".incremental = id\n" + table + ".sql = SELECT range AS id, '" + name
        + "' AS name FROM range(10)\n";
  }

  private static JsonNode table(JsonNode tables, String name) {
    for (JsonNode each : tables) {
      if (each.path("table").asText().equals(name)) {
        return each;
      }
    }
    throw new AssertionError(name + " in " + tables);
  }

  private static JsonNode state(String table) {
    return table(KIT.kit("state", "shop", "--json").json(), table);
  }

  private static JsonNode extracted(String... command) {
    KitProcess.Result result = KIT.kit(command);
    assertEquals(0, result.exit(), result::err);
    return result.json().path("tables");
  }

  @Test
  @Order(1)
  void stateShowsTheWatermarkAsATableAndAsJson() {
    JsonNode orders = state("orders");
    assertEquals("LONG 9", orders.path("watermarkKind").asText() + " " + orders.path("watermark").asText());
    assertEquals("10 rows, 1 and 0 files", orders.path("rows").asInt() + " rows, " + orders.path("dataFiles").asInt() + " and "
        + orders.path("deleteFiles").asInt() + " files");
    assertTrue(orders.path("basis").toString().contains("\"key=[id]\""), orders.toString());
    String text = KIT.kit("state", "shop").ok();
    assertTrue(text.lines().anyMatch(line -> line.matches("\\| orders +\\| upsert +\\| 9 +\\| LONG .*")), text);
  }

  @FullOnly
  @Test
  @Order(2)
  void aTableWithNothingNewIsShownAndCountsAsASuccess() {
    KitProcess.Result again = KIT.kit("extract", "shop");
    assertEquals(0, again.exit(), again::err);
    assertTrue(again.out().lines().anyMatch(line -> line.matches("\\| orders +\\| UNCHANGED +\\| delta .*")), again.out());
    assertTrue(again.err().contains("orders: UNCHANGED (delta), 0 rows"), again.err());
  }

  @FullOnly
  @Test
  @Order(3)
  void aResetTableIsReadFromTheStartByTheNextRun() {
    Folders.write(script, source("two"));
    KitProcess.Result reset = KIT.kit("state", "shop", "--reset", "orders", "--json");
    assertEquals(0, reset.exit(), reset::err);
    assertTrue(reset.err().contains("orders"), reset.err());
    assertEquals("", table(reset.json(), "orders").path("watermark").asText());
    assertTrue(!table(reset.json(), "orders").path("resetAt").asText().isEmpty(), reset.out());
    assertEquals("9", state("items").path("watermark").asText());

    JsonNode run = extracted("extract", "shop", "--json");
    assertEquals("full read: the state was reset", table(run, "orders").path("note").asText());
    assertEquals("delta", table(run, "items").path("mode").asText());
    assertEquals("10", KIT.value("select count(*) from shop.orders where name = 'two'"));
    assertEquals("1", KIT.value("select count(*) from shop.items where name = 'two'"));
  }

  @FullOnly
  @Test
  @Order(4)
  void anUnknownTableIsOneLineThatNamesTheKnownOnes() {
    KitProcess.Result refused = KIT.kit("state", "shop", "--reset", "orders", "--reset", "ordres", "--json");
    assertEquals(1, refused.exit());
    assertEquals("", refused.out());
    assertEquals("KIT-4017 reset of 'shop': no table 'ordres' is published; published are [items, orders]; nothing is reset",
        refused.err().strip());
    assertEquals("9", state("orders").path("watermark").asText());
    assertTrue(KIT.kit("state", "nobody").err().startsWith("KIT-3001"));
  }

  @Test
  @Order(5)
  void aRunningGatewayDoesTheSame() {
    KIT.kit("start").ok();
    Folders.write(script, source("three"));
    KIT.kit("state", "shop", "--reset", "items", "--reset", "orders").ok();
    assertEquals("full read: the state was reset", table(extracted("extract", "shop", "--table", "items", "--json"), "items").path("note").asText());
    assertEquals("", state("orders").path("watermark").asText(), "it is still to be read");
    Folders.write(script, source("four"));
    JsonNode all = extracted("extract", "shop", "--full", "--json");
    assertEquals("full read: asked for", table(all, "items").path("note").asText());
    assertEquals("10", KIT.value("select count(*) from shop.items where name = 'four'"));
    assertTrue(KIT.kit("shell", "kit:state", "shop").ok().contains("orders"));
    assertTrue(KIT.kit("shell", "kit:run --full shop").ok().contains(" OK "));
  }

  @Test
  @Order(6)
  void runsTellEverythingThatIsRecorded() {
    JsonNode run = KIT.kit("runs", "shop", "--json").json().get(0);
    assertEquals("manual scripted 1.0.0", run.path("trigger").asText() + " " + run.path("connector").asText() + " " + run.path("version").asText());
    assertTrue(run.path("bundle").asText().endsWith(" 1.0.0") && run.path("jarSha256").asText().matches("[0-9a-f]{64}"), run.toString());
    JsonNode orders = table(run.path("tables"), "orders");
    for (String key : new String[] {"outcome", "mode", "rows", "deleted", "bytes", "seconds", "error", "note", "watermarkBefore", "watermarkAfter",
        "schemaChanges"}) {
      assertTrue(orders.has(key), () -> key + " in " + orders);
    }
  }

  @FullOnly
  @Test
  @Order(7)
  void whatWasExtractedStaysUntilItIsForgotten() {
    KitProcess.Result early = KIT.kit("forget", "shop");
    assertEquals(1, early.exit());
    assertTrue(early.err().startsWith("KIT-3028 'shop' is still deployed"), early.err());
    assertEquals("10", KIT.value("select count(*) from shop.items"), "nothing is deleted");

    KIT.kit("undeploy", "shop").ok();
    assertEquals("10", KIT.value("select count(*) from shop.items"), "its data stays");
    KIT.kit("forget", "shop").ok();
    KitProcess.Result gone = KIT.kit("query", "select count(*) from shop.items");
    assertEquals(1, gone.exit(), gone::out);
    assertTrue(KIT.kit("runs", "shop", "--json").json().isEmpty(), "its runs are forgotten as well");
    assertEquals(List.of(), Folders.list(KIT.home().resolve("extracts")).stream().filter(Files::isDirectory).toList());
    KitProcess.Result again = KIT.kit("forget", "shop");
    assertTrue(again.err().startsWith("KIT-3001 nothing was extracted of 'shop'"), again.err());
  }
}
