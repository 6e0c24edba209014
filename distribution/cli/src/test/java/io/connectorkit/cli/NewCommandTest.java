package io.connectorkit.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.connectorkit.launcher.HostFolders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the project is good for is shown by ScaffoldBenchmarkIT, which builds it (K9). */
class NewCommandTest {

  @TempDir
  Path folder;

  private final Captured captured = new Captured();

  @Test
  void makesAProjectInWhichNothingIsLeftToBeFilledIn() throws IOException {
    Path project = folder.resolve("project");
    assertEquals(ExitCode.OK, make("acme_shop", "--dir", project.toString(), "--group", "org.acme"), captured::messages);
    List<String> files = captured.results().lines().map(line -> project.relativize(Path.of(line)).toString()).toList();
    assertEquals(List.of("README.md", "bnd.bnd", "pom.xml", "src/main/java/org/acme/acmeshop/AcmeShopConnector.java",
        "src/main/resources/META-INF/connector.yaml", "src/test/java/org/acme/acmeshop/AcmeShopConnectorTest.java",
        "src/test/java/org/acme/acmeshop/AcmeShopContractTest.java", "src/test/java/org/acme/acmeshop/FakeServer.java"), files);
    for (String file : files) {
      String text = Files.readString(project.resolve(file)).replace("${project.build.outputDirectory}", "");
      assertFalse(text.contains("${") || text.contains("__") || file.equals("pom.xml") && text.matches("(?s).*@[a-z.]+@.*"), text);
      assertFalse(text.lines().anyMatch(line -> line.startsWith("##")), "the archetype's engine would take it for a comment: " + file);
    }
    assertTrue(Files.readString(project.resolve(files.get(3))).contains("@ConnectorBundle(name = \"acme_shop\""));
    assertTrue(Files.readString(project.resolve(files.get(4))).contains("ACME_SHOP_TOKEN"));
  }

  @Test
  void makesAProjectWithoutCode() throws IOException {
    Path project = folder.resolve("project");
    assertEquals(ExitCode.OK, make("acme", "--declarative", "--dir", project.toString()), captured::messages);
    assertEquals(List.of("README.md", "bnd.bnd", "pom.xml", "src/main/resources/META-INF/connector.yaml",
        "src/test/java/com/example/acme/AcmeContractTest.java"),
        captured.results().lines().map(line -> project.relativize(Path.of(line)).toString()).toList());
    assertTrue(Files.readString(project.resolve("bnd.bnd")).contains("connectorkit.connector=acme;"));
    assertTrue(Files.readString(project.resolve("src/main/resources/META-INF/connector.yaml")).contains("secret: ACME_TOKEN"));
  }

  /** The promise of the guide. */
  @Test
  void keepsTheProjectSmall() throws IOException {
    make("acme", "--dir", folder.resolve("project").toString());
    for (String line : captured.results().lines().toList()) {
      int most = line.endsWith("pom.xml") ? 35 : line.endsWith("Connector.java") ? 60 : Integer.MAX_VALUE;
      assertTrue(Files.readAllLines(Path.of(line)).size() <= most, line);
    }
  }

  @Test
  void writesIntoNoFolderThatHasSomething() throws IOException {
    Files.writeString(folder.resolve("mine.txt"), "mine");
    refused("KIT-7263", "acme", "--dir", folder.toString());
    assertEquals(List.of(folder.resolve("mine.txt")), Files.list(folder).toList());
  }

  @Test
  void refusesWhatWouldNotBuild() {
    refused("KIT-7260", "acme", "--caps", "discover,write");
    refused("KIT-7261", "Acme-Shop");
    refused("KIT-7262", "acme", "--group", "com.Acme Inc");
  }

  private void refused(String code, String... arguments) {
    Captured one = new Captured();
    assertEquals(ExitCode.FAILED, make(one, arguments), one::messages);
    assertTrue(one.messages().startsWith(code) && one.messages().lines().count() == 1, one::messages);
  }

  private int make(String... arguments) {
    return make(captured, arguments);
  }

  private int make(Captured target, String... arguments) {
    List<String> all = new ArrayList<>(List.of("connector", "new"));
    all.addAll(List.of(arguments));
    return new Kit(new Session(target.console(), HostFolders.of(folder, folder))).execute(all.toArray(String[]::new));
  }
}
