package io.connectorkit.itests.product;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.connectorkit.itests.product.KitProcess.Result;
import io.connectorkit.itests.scripted.ForgetfulConnector;
import io.connectorkit.itests.support.ConnectorJar;
import io.connectorkit.itests.support.Folders;
import io.connectorkit.itests.support.FullOnly;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** {@code kit connector test}: everybody can see whether a connector keeps to the contract, before it is deployed (K1, K2, K5, K7). */
class ContractSmokeIT {

  private static final KitProcess KIT = KitProcess.of(ContractSmokeIT.class);

  @AfterAll
  static void endTheProcesses() {
    KIT.close();
  }

  private static List<String> failed(JsonNode result) {
    List<String> failed = new ArrayList<>();
    result.path("checks").forEach(check -> {
      if (check.path("outcome").asText().equals("FAILED")) {
        failed.add(check.path("check").asText() + ": " + check.path("message").asText());
      }
    });
    return failed;
  }

  @Test
  void aGoodConnectorPassesWithoutBeingDeployed() {
    Result result = KIT.kit("connector", "test", "jdk", "--json", "--rows", "700", "--tables", "4");
    assertEquals(List.of(), failed(result.json()), result.err());
    assertEquals(0, result.exit(), result.err());
    assertTrue(result.json().path("passed").asBoolean());
    assertTrue(result.json().path("checks").size() > 30, result.out());
    assertFalse(Files.exists(KIT.deploy("connector-jdk.jar")), "nothing is deployed");
    assertEquals(List.of(), KIT.leftOvers());
  }

  @FullOnly
  @Test
  void anInstanceIsTestedAsItIsConfigured() {
    Path data = Folders.write(KIT.home().resolve("data/shop/orders.csv"), "id,total\n1,2.50\n2,3.00\n").getParent();
    Folders.write(KIT.home().resolve("etc/connectors/shop.yaml"), "connector: files\nconfig:\n  path: " + data + "\n");
    Result result = KIT.kit("connector", "test", "shop");
    assertEquals(0, result.exit(), result.out() + result.err());
    assertTrue(result.out().contains("tables-are-readable") && result.err().contains("keeps to the contract"), result.out() + result.err());
  }

  @Test
  void aFaultyJarFailsWithItsFaultsByName() {
    Path jar = ConnectorJar.of("forgetful", "1.0.0").implementation(List.of(ForgetfulConnector.class)).writeTo(KIT.home().resolve("data/forgetful.jar"));
    Path config = Folders.write(KIT.home().resolve("data/some.yaml"), "connector: forgetful\nconfig: {script: none}\n");
    Result result = KIT.kit("connector", "test", jar.toString(), "--config", config.toString(), "--json");
    assertEquals(1, result.exit(), result.err());
    List<String> failed = failed(result.json());
    assertEquals(List.of("key-is-unique", "nothing-is-left-behind"), failed.stream().map(each -> each.split(":")[0]).toList(), failed.toString());
    assertTrue(result.err().contains("key-is-unique: table 't': rows 1 and 2 both have the key [id] = '[7]'; it must be unique; name"), result.err());
    assertTrue(failed.get(1).contains("forgetful-watch"), failed.toString());
  }

  @FullOnly
  @Test
  void whatTheHostWouldNotTakeIsRefusedInItsWords() {
    Path jar = ConnectorJar.of("wrong", "1.0.0").yaml("name: right\nversion: \"1.0.0\"\ncapabilities: [discover, read]\n")
        .writeTo(KIT.home().resolve("data/wrong.jar"));
    Result result = KIT.kit("connector", "test", jar.toString());
    assertEquals(1, result.exit(), result.err());
    assertTrue(result.err().contains("KIT-1012"), result.err());
  }
}
