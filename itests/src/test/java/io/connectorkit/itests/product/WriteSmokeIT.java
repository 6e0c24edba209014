package io.connectorkit.itests.product;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.connectorkit.itests.support.ConnectorJar;
import io.connectorkit.itests.support.Folders;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** An operator writes rows back, first without a gateway and then with one. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class WriteSmokeIT {

  private static final String FIVE = "SELECT range AS id, 'n' || range AS name FROM range(5)";
  private static final KitProcess KIT = KitProcess.of(WriteSmokeIT.class);
  private static Path script;

  @BeforeAll
  static void deployTheWritingConnector() {
    script = Folders.write(KIT.home().resolve("data/shop.script"), "orders.refuse = n3");
    ConnectorJar.writing("1.0.0").writeTo(KIT.deploy("writing.jar"));
    configure("");
    KIT.kit("extract", "shop").ok();
  }

  @AfterAll
  static void endTheProcesses() {
    KIT.close();
  }

  private static void configure(String permission) {
    Folders.write(KIT.home().resolve("etc/connectors/shop.yaml"), "connector: writing\n" + permission + "config:\n  script: " + script + "\n");
  }

  private static List<String> orders() {
    return Folders.read(KIT.home().resolve("data/shop.orders")).lines().toList();
  }

  @Test
  @Order(1)
  void nothingIsWrittenWithoutLeave() {
    KitProcess.Result refused = KIT.kit("write", "shop", "orders", "--query", FIVE);
    assertEquals("1 ", refused.exit() + " " + refused.out());
    assertTrue(refused.err().startsWith("KIT-3040 'shop' is read-only") && refused.err().strip().lines().count() == 1, refused.err());
  }

  @Test
  @Order(2)
  void aDryRunSaysWhatWouldBeRefused() {
    configure("writes: [orders]\n");
    KitProcess.Result dry = KIT.kit("write", "shop", "orders", "--query", FIVE, "--mode", "upsert", "--dry-run");
    assertEquals(2, dry.exit(), dry::err);
    assertTrue(dry.out().startsWith("shop.orders: dry run of upsert PARTIAL, 5 rows, 4 taken, 1 refused in "), dry.out());
    assertTrue(dry.out().lines().anyMatch(line -> line.matches("\\| +4 \\| id=3 \\| the name is not allowed +\\|")), dry.out());
    assertTrue(dry.err().contains("shop: writing orders (upsert, dry run)"), dry.err());
    assertTrue(Folders.list(KIT.home().resolve("data")).stream().noneMatch(file -> file.endsWith("shop.orders")));
  }

  @Test
  @Order(3)
  void aRunningGatewayWritesAndTellsItAsJson() {
    KIT.kit("start").ok();
    Folders.write(script, "");
    KitProcess.Result done = KIT.kit("write", "shop", "orders", "--query", FIVE, "--mode", "upsert", "--json");
    assertEquals(0, done.exit(), done::err);
    JsonNode write = done.json();
    assertEquals("shop orders upsert OK 5 5 0", String.join(" ", List.of(write.path("instance").asText(), write.path("table").asText(),
        write.path("mode").asText(), write.path("outcome").asText(), write.path("rows").asText(), write.path("taken").asText(),
        write.path("refused").asText())));
    assertEquals(5, orders().size());
    assertEquals(0, KIT.kit("write", "shop", "orders", "--query", "SELECT 3 AS id", "--mode", "delete").exit());
    KIT.kit("extract", "shop").ok();
    assertEquals("4", KIT.value("SELECT count(*) FROM shop.orders"));
    assertTrue(KIT.log().contains("shop.orders: delete OK, 1 rows, 1 taken, 0 refused"), KIT.log());
  }

  @Test
  @Order(4)
  void aWriteThatFailsSaysInOneLineHowToGoOn() {
    Folders.write(script, "orders.fail.after = 0");
    KitProcess.Result failed = KIT.kit("write", "shop", "orders", "--query", FIVE, "--id", "friday", "--json");
    assertEquals(1, failed.exit());
    assertEquals("FAILED", failed.json().path("outcome").asText());
    assertTrue(failed.err().strip().lines().reduce((first, last) -> last).orElseThrow().matches("KIT-3046 .*the script says so; rows 1 to 4 may be written"
        + " or not, .* write again with the id friday, .*"), failed.err());
    assertEquals(64, KIT.kit("write", "shop", "orders", "--query", FIVE, "--mode", "merge").exit());
  }
}
