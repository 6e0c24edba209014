package io.connectorkit.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.connectorkit.launcher.HostFolders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KitTest {

  @TempDir
  Path folder;

  private final Captured captured = new Captured();
  private HostFolders folders;

  @BeforeEach
  void prepare() {
    folders = HostFolders.of(folder.resolve("product"), folder.resolve("home"));
    folders.prepare();
  }

  @Test
  void answersWrongUsageInOneLine() {
    String[][] all = {{"extact"}, {"query"}, {"query", "SELECT 1", "--format", "xml"}, {"tables", "--jsn"}, {"connector"}, {}};
    for (String[] wrong : all) {
      Captured one = new Captured();
      assertEquals(ExitCode.USAGE, kit(one, wrong), one::messages);
      assertTrue(one.messages().matches("KIT-7200 .*See 'kit.* --help'\\.\\R"), one::messages);
      assertEquals("", one.results());
    }
  }

  @Test
  void guessesWhatWasMeant() {
    kit("extact");
    assertTrue(captured.messages().contains("extract"), captured::messages);
  }

  @Test
  void saysThatNoGatewayRunsAndListsTheFilesAllTheSame() throws IOException {
    Files.writeString(folders.deploy().resolve("half.jar"), "PK");
    Files.writeString(folders.deploy().resolve(".copying.jar"), "");
    assertEquals(ExitCode.NO_GATEWAY, kit("status", "--json"));
    assertEquals("half.jar", Json.mapper().readTree(captured.results()).path("files").path(0).path("file").asText());
    assertFalse(Json.mapper().readTree(captured.results()).path("running").asBoolean(true));
    assertEquals(1, Json.mapper().readTree(captured.results()).path("files").size());
    assertEquals("", captured.messages());
  }

  @Test
  void hasNothingToStopWhenNothingRuns() {
    assertEquals(ExitCode.OK, kit("stop"));
    assertTrue(captured.messages().startsWith("No gateway runs in "), captured::messages);
  }

  @Test
  void namesTheConnectorsThatCouldHaveBeenMeant() throws IOException {
    Files.createDirectories(folders.shippedConnectors());
    Jars.connector(folders.shippedConnectors().resolve("connector-jdk.jar"), "io.connectorkit.connector-jdk", "1.0.0", "jdk");
    assertEquals(ExitCode.FAILED, kit("deploy", "jdj"));
    assertEquals("KIT-7220 'jdj' is neither a file nor a connector that comes with the product (jdk)\n", captured.messages());
  }

  @Test
  void printsHelpAsAResult() {
    assertEquals(ExitCode.OK, kit("extract", "--help"));
    assertTrue(captured.results().startsWith("Usage: kit extract"), captured::results);
  }

  private int kit(String... arguments) {
    return kit(captured, arguments);
  }

  private int kit(Captured target, String... arguments) {
    return new Kit(new Session(target.console(), folders)).execute(arguments);
  }
}
