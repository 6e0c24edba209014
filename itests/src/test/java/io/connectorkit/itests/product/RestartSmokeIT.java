package io.connectorkit.itests.product;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.connectorkit.itests.scripted.Flawed;
import io.connectorkit.itests.support.Await;
import io.connectorkit.itests.support.ConnectorJar;
import io.connectorkit.itests.support.FullOnly;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** Upgrades across restarts of the host, told in order: each test goes on from the one before. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RestartSmokeIT {

  private static final KitProcess KIT = KitProcess.of(RestartSmokeIT.class);
  private static Process host;

  @BeforeAll
  static void startTheHost() {
    KIT.script("scripted", "tables = orders\norders.rows = 3\n");
    host = KIT.run();
    awaitRun(1, "1.0.0");
  }

  @AfterAll
  static void endTheProcesses() {
    KIT.close();
  }

  /** One whose connector cannot be made. */
  private static ConnectorJar bad(String version) {
    List<Class<?>> classes = new ArrayList<>(List.of(Flawed.InConstructor.class, Flawed.class));
    classes.addAll(ConnectorJar.SCRIPTED);
    return ConnectorJar.of("scripted", version).implementation(classes);
  }

  private static Path built(ConnectorJar jar) {
    return jar.writeTo(KIT.home().resolve("built/scripted.jar"));
  }

  private static void down() {
    host.destroy();
    KitProcess.exit(host, "kit run");
  }

  /** The newest of so many runs, which is one of that version. */
  private static void awaitRun(int count, String version) {
    JsonNode runs = Await.value(count + " runs", Duration.ofSeconds(60),
        () -> Optional.of(KIT.kit("runs", "--json").json()).filter(all -> all.size() >= count));
    assertEquals(count, runs.size(), runs::toString);
    assertEquals("OK", runs.get(0).path("outcome").asText(), runs::toString);
    assertTrue(runs.get(0).toString().contains("\"" + version + "\""), runs::toString);
    assertEquals("3", KIT.value("select count(*) from scripted.orders"));
  }

  private static JsonNode file() {
    JsonNode files = KIT.kit("status", "--json").json().path("files");
    assertEquals(1, files.size(), files::toString);
    return files.get(0);
  }

  private static JsonNode connector() {
    return KIT.kit("connector", "list", "--json").json().get(0);
  }

  private static void assertServedBy(String version) {
    assertEquals("READY", connector().path("state").asText(), () -> connector().toString());
    assertEquals(version, connector().path("version").asText());
  }

  @Test
  @Order(1)
  void aBadVersionThatIsDeployedByCommandIsRefusedWithItsReason() {
    KitProcess.Result deploy = KIT.kit("deploy", built(bad("2.0.0")).toString());
    assertNotEquals(0, deploy.exit());
    String said = deploy.out() + deploy.err();
    assertTrue(said.contains("REJECTED: KIT-1015") && said.contains("no constructor today") && said.contains("1.0.0 goes on"), said);
    assertServedBy("1.0.0");
  }

  @Test
  @Order(2)
  void afterARestartTheOldVersionGoesOnAtOnceAndTheBadOneIsNotTriedAgain() {
    String reason = file().path("reason").asText();
    down();
    int before = KIT.log().length();
    host = KIT.run();
    assertServedBy("1.0.0");
    assertEquals("REJECTED", file().path("state").asText(), () -> file().toString());
    assertEquals(reason, file().path("reason").asText());
    String log = KIT.log().substring(before);
    assertTrue(log.contains("deployed again scripted.jar: itests.scripted 1.0.0"), log);
    assertFalse(log.contains("deployed scripted.jar") || log.contains("put back"), log);
    assertEquals("OK", KIT.kit("extract", "scripted", "--json").json().path("outcome").asText());
    awaitRun(2, "1.0.0");
  }

  @Test
  @Order(3)
  void aCorrectedJarIsTakenAndTheCommandSaysFromWhichVersion() {
    KitProcess.Result deploy = KIT.kit("deploy", built(ConnectorJar.of("scripted", "2.0.1")).toString());
    assertEquals(0, deploy.exit(), deploy.err());
    assertTrue((deploy.out() + deploy.err()).contains("deployed: itests.scripted 2.0.1, upgraded from 1.0.0 to 2.0.1"), deploy.out() + deploy.err());
    awaitRun(3, "2.0.1");
    assertFalse(Files.exists(KIT.deploy("scripted.jar.rejected")));
  }

  @Test
  @Order(4)
  void aJarThatIsReplacedWhileTheHostIsDownIsTakenWhenItComesUp() {
    down();
    ConnectorJar.of("scripted", "3.0.0").writeTo(KIT.deploy("scripted.jar"));
    host = KIT.run();
    awaitRun(4, "3.0.0");
    assertServedBy("3.0.0");
  }

  @FullOnly
  @Test
  @Order(5)
  void aBadOneThatComesWhileTheHostIsDownIsTakenBackWhenItComesUp() {
    down();
    bad("4.0.0").writeTo(KIT.deploy("scripted.jar"));
    host = KIT.run();
    assertEquals("REJECTED", file().path("state").asText(), () -> file().toString());
    assertTrue(file().path("reason").asText().contains("3.0.0 goes on"), () -> file().toString());
    assertServedBy("3.0.0");
    assertEquals("OK", KIT.kit("extract", "scripted", "--json").json().path("outcome").asText());
    awaitRun(5, "3.0.0");
  }
}
