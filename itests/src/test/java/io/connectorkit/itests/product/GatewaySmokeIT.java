package io.connectorkit.itests.product;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.connectorkit.itests.support.Await;
import io.connectorkit.itests.support.ConnectorJar;
import io.connectorkit.itests.support.Folders;
import io.connectorkit.itests.support.FullOnly;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** A day in the life of a gateway, told in order: each test goes on from the one before. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class GatewaySmokeIT {

  private static final KitProcess KIT = KitProcess.of(GatewaySmokeIT.class);
  private static Path data;

  @BeforeAll
  static void startTheGateway() {
    KIT.kit("start").ok();
    data = KIT.home().resolve("my data");
    Folders.write(data.resolve("airports.csv"), "code,name\n00M,\"Thigpen, Field\"\n00R,Livingston\n01G,\"Perry \"\"Warsaw\"\"\"\n");
    Folders.write(data.resolve("2024 sales.csv"), "id,amount\n1,10.50\n2,7.25\n");
  }

  @AfterAll
  static void endTheProcesses() {
    KIT.close();
  }

  /** Until a command prints what it should: each look is a process of its own. */
  private static JsonNode await(String what, Predicate<JsonNode> condition, String... command) {
    return Await.value(what, Duration.ofSeconds(60), () -> Optional.of(KIT.kit(command).json()).filter(condition));
  }

  private static JsonNode instance(JsonNode connectors, String name) {
    for (JsonNode each : connectors) {
      if (each.path("instance").asText().equals(name)) {
        return each;
      }
    }
    return MissingNode.getInstance();
  }

  @Test
  @Order(1)
  void statusTellsOfTheRunningGateway() {
    JsonNode status = KIT.kit("status", "--json").json();
    assertTrue(status.path("running").asBoolean(), status.toString());
    assertTrue(ProcessHandle.of(status.path("pid").asLong()).isPresent());
    assertEquals("gateway", status.path("mode").asText());
    assertEquals(0, KIT.kit("status").exit());
  }

  @Test
  @Order(2)
  void aConnectorIsTakenFromTheDeployFolderAndItsTablesCanBeQueried() throws IOException {
    Files.copy(Path.of(System.getProperty("kit.files.jar")), KIT.deploy(".files.jar.part"));
    Files.move(KIT.deploy(".files.jar.part"), KIT.deploy("files.jar"));
    JsonNode waiting = instance(await("files waits", all -> instance(all, "files").path("state").asText().equals("WAITING"),
        "connector", "list", "--json"), "files");
    assertTrue(waiting.path("reason").asText().contains("'path'"), waiting.toString());
    Folders.write(KIT.home().resolve("etc/connectors/files.yaml"), "connector: files\nconfig:\n  path: " + data + "\n");
    await("both files are tables", tables -> tables.size() == 2, "tables", "--json");
    assertEquals("00M", KIT.value("select min(code) from files.airports"));
    assertEquals("Thigpen, Field", KIT.value("select name from files.airports where code = '00M'").replace("\"", ""));
    assertEquals("17.75", KIT.value("select sum(amount) from files.t_2024_sales"));
  }

  @FullOnly
  @Test
  @Order(3)
  void badFilesInTheDeployFolderAreOneClearLineEach() throws IOException {
    byte[] jar = Files.readAllBytes(KIT.deploy("files.jar"));
    Files.write(KIT.deploy("corrupt.jar"), Arrays.copyOf(jar, jar.length / 2));
    Files.write(KIT.deploy("empty.jar"), new byte[0]);
    Files.createDirectory(KIT.deploy("folder.jar"));
    Files.writeString(KIT.deploy("notes.txt"), "to do");
    List<String> bad = List.of("corrupt.jar", "empty.jar", "folder.jar", "notes.txt");
    await("all four are rejected", status -> bad.stream().allMatch(name -> rejected(status, name)), "status", "--json");
    for (String name : bad) {
      List<String> lines = KIT.kit("explain", name).ok().lines().toList();
      assertEquals(1, lines.size(), () -> name + ": " + lines);
      assertTrue(lines.get(0).contains("REJECTED") && lines.get(0).contains("KIT-100"), () -> lines.get(0));
      assertEquals(1, KIT.log().lines().filter(line -> line.contains("rejected") && line.contains(name)).count(), name);
      assertFalse(KIT.log().lines().anyMatch(line -> line.startsWith("\tat ")), "no stack trace in the log");
    }
    assertEquals("3", KIT.value("select count(*) from files.airports"));
    for (String name : bad) {
      Files.delete(KIT.deploy(name));
    }
    await("they are forgotten", status -> status.path("files").size() == 1, "status", "--json");
  }

  private static boolean rejected(JsonNode status, String file) {
    for (JsonNode each : status.path("files")) {
      if (each.path("file").asText().equals(file)) {
        return each.path("state").asText().equals("REJECTED");
      }
    }
    return false;
  }

  @Test
  @Order(4)
  void aSecondGatewayInTheSameHomeIsRefusedInOneLine() {
    KitProcess.Result second = KIT.kit("run");
    assertEquals(1, second.exit());
    assertEquals("", second.out());
    assertEquals(1, second.err().lines().count(), second.err());
    assertTrue(second.err().startsWith("KIT-7003") && second.err().contains(KIT.home().toString()), second.err());
    assertEquals(0, KIT.kit("start").exit());
  }

  @Test
  @Order(5)
  void aRunThatIsAskedForGoesThroughTheGateway() {
    Folders.write(data.resolve("airports.csv"), "code,name\n00M,one\n");
    JsonNode run = KIT.kit("extract", "files", "--json").json();
    assertEquals("OK", run.path("outcome").asText(), run.toString());
    assertEquals("1", KIT.value("select count(*) from files.airports"));
    assertEquals("manual", KIT.kit("runs", "files", "--json").json().get(0).path("trigger").asText());
  }

  /** Exit codes 0, 2 and 1 are what scripts go by (A16, L6). */
  @FullOnly
  @Test
  @Order(6)
  void theExitCodeTellsWhetherAllSomeOrNoTablesCame() {
    Path script = Folders.write(KIT.home().resolve("data/scripted.script"), "tables = a, b\na.rows = 1\nb.rows = 1\n");
    Folders.write(KIT.home().resolve("etc/connectors/scripted.yaml"), "connector: scripted\nconfig:\n  script: " + script + "\n");
    ConnectorJar.of("scripted", "1.0.0").writeTo(KIT.deploy("scripted.jar"));
    await("scripted is extracted", all -> instance(all, "scripted").path("tables").asInt() == 2, "connector", "list", "--json");
    assertEquals(0, KIT.kit("extract", "scripted").exit());
    Folders.write(script, "tables = a, b\na.rows = 1\nb.rows = 1\nb.fail.after = 0\n");
    assertEquals(2, KIT.kit("extract", "scripted").exit());
    Folders.write(script, "tables = a, b\na.fail.after = 0\nb.fail.after = 0\n");
    assertEquals(1, KIT.kit("extract", "scripted").exit());
    assertEquals("1", KIT.value("select count(*) from scripted.b"));
  }

  @Test
  @Order(7)
  void aDeletedJarIsGoneFromTheListAndItsDataCanStillBeQueried() throws IOException {
    Files.delete(KIT.home().resolve("etc/connectors/files.yaml"));
    Files.delete(KIT.deploy("files.jar"));
    await("files is gone", all -> instance(all, "files").isMissingNode(), "connector", "list", "--json");
    assertEquals("1", KIT.value("select count(*) from files.airports"));
  }

  @Test
  @Order(8)
  void stopEndsTheGatewayInOrder() {
    ProcessHandle gateway = KIT.gateway().orElseThrow();
    KIT.kit("stop").ok();
    assertFalse(gateway.isAlive());
    assertTrue(KIT.log().contains("Host stopped"), KIT.log());
    assertFalse(Files.exists(KIT.home().resolve("data/gateway.json")));
    assertEquals(List.of(), KIT.leftOvers());
    assertEquals("1", KIT.value("select count(*) from files.airports"), "a command does without a gateway");
  }

  @FullOnly
  @Test
  @Order(9)
  void aGatewayThatIsTerminatedStopsInOrder() {
    Process gateway = KIT.run();
    gateway.destroy();
    int exit = KitProcess.exit(gateway, "kit run after SIGTERM");
    assertTrue(exit == 143 || exit == 0, () -> "exit code " + exit);
    assertEquals("", KIT.standardOutput(gateway));
    String log = KIT.log();
    assertTrue(log.lastIndexOf("Host stopped") > log.lastIndexOf("Host up"), log);
    assertEquals(List.of(), KIT.leftOvers());
  }
}
