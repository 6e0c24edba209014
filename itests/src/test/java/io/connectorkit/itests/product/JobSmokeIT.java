package io.connectorkit.itests.product;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.connectorkit.itests.scripted.OddConnector;
import io.connectorkit.itests.support.ConnectorJar;
import io.connectorkit.itests.support.Database;
import io.connectorkit.itests.support.Folders;
import io.connectorkit.itests.support.FullOnly;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Commands that do without a gateway. */
class JobSmokeIT {

  private static final KitProcess KIT = KitProcess.of(JobSmokeIT.class);

  @AfterAll
  static void endTheProcesses() {
    KIT.close();
  }

  /** L1: connectors print what they like; the result comes over a channel of its own. */
  @Test
  void whatAConnectorPrintsIsNoResult() {
    ConnectorJar.of("loud", "1.0.0").implementation(List.of(OddConnector.class)).writeTo(KIT.deploy("loud.jar"));
    Folders.write(KIT.home().resolve("etc/connectors/loud.yaml"), "connector: loud\nconfig: {script: none}\n");
    KitProcess.Result result = KIT.kit("extract", "loud", "--json");
    JsonNode run = result.json();
    assertEquals("OK", run.path("outcome").asText(), run.toString());
    assertTrue(result.err().contains("I read"), "it has printed: " + result.err());
    assertEquals("3", KIT.value("select count(*) from loud.t"));
  }

  /** D8: views hold whole paths, so they are made anew when the home stands elsewhere. */
  @FullOnly
  @Test
  void aHomeThatWasMovedIsServedFromWhereItIs() throws Exception {
    try (KitProcess here = KitProcess.of("JobSmokeIT-here"); KitProcess there = KitProcess.of("JobSmokeIT-there")) {
      here.script("shop", "tables = orders\norders.rows = 3\n");
      assertEquals(0, here.kit("extract", "shop").exit());
      Files.move(here.home(), there.home());
      assertEquals("3", there.value("select count(*) from shop.orders"));
      served(there.extracts());
      Files.move(there.home(), here.home());
      here.kit("start").ok();
      assertEquals("3", here.value("select count(*) from shop.orders"));
      served(here.extracts());
      here.kit("stop").ok();
    }
  }

  private static void served(Path extracts) {
    assertEquals(List.of(List.of("3")), Database.query(extracts.resolve("shop/extract.duckdb"), "SELECT count(*) FROM orders"));
    assertEquals(List.of(List.of("3")), Database.query(extracts.resolve("analytics.duckdb"), "SELECT count(*) FROM shop.orders"));
  }
}
