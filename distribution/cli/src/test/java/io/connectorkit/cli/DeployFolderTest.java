package io.connectorkit.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.connectorkit.launcher.HostFolders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeployFolderTest {

  @TempDir
  Path folder;

  private HostFolders folders;
  private DeployFolder deploy;

  @BeforeEach
  void prepare() throws IOException {
    folders = HostFolders.of(folder.resolve("product"), folder.resolve("home"));
    folders.prepare();
    Files.createDirectories(folders.shippedConnectors());
    Jars.connector(folders.shippedConnectors().resolve("connector-jdk.jar"), "io.connectorkit.connector-jdk", "1.0.0", "jdk");
    deploy = new DeployFolder(folders);
  }

  @Test
  void readsNameVersionAndConnectorFromTheManifest() throws IOException {
    Jars.connector(folders.deploy().resolve("a.jar"), "acme.shop", "1.2.0", "shop");
    DeployedJar jar = deploy.jars().get(0);
    assertEquals(new DeployedJar("a.jar", "acme.shop", "1.2.0", "shop"), jar);
    for (String name : List.of("a.jar", "a", "acme.shop", "shop")) {
      assertTrue(jar.isCalled(name), name);
    }
    assertFalse(jar.isCalled("sho"));
  }

  @Test
  void findsAShippedConnectorByItsShortName() {
    assertEquals(folders.shippedConnectors().resolve("connector-jdk.jar"), deploy.source("jdk"));
    assertEquals(List.of("jdk"), deploy.shippedNotDeployed());
  }

  @Test
  void updatesTheOlderVersionWhateverItsFileIsCalled() throws IOException {
    Jars.connector(folders.deploy().resolve("shop-1.0.jar"), "acme.shop", "1.0.0", "shop");
    Path newer = Jars.connector(folder.resolve("shop-1.1.jar"), "acme.shop", "1.1.0", "shop");
    assertEquals("shop-1.0.jar", deploy.replacedBy(newer).orElseThrow().file());
  }

  @Test
  void leavesNothingButTheJarInTheFolder() throws IOException {
    Path jar = deploy.source("jdk");
    assertTrue(deploy.place(jar, "connector-jdk.jar"));
    assertFalse(deploy.place(jar, "connector-jdk.jar"), "the same jar is no change");
    try (Stream<Path> files = Files.list(folders.deploy())) {
      assertEquals(List.of(folders.deploy().resolve("connector-jdk.jar")), files.toList());
    }
    assertEquals(List.of(), deploy.shippedNotDeployed());
  }
}
