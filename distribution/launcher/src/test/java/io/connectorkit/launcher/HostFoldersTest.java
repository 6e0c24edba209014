package io.connectorkit.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostFoldersTest {

  @TempDir
  Path folder;

  private HostFolders folders;

  @BeforeEach
  void makeProduct() throws IOException {
    folders = HostFolders.of(folder.resolve("product"), folder.resolve("home"));
    Files.createDirectories(folders.product().resolve("etc/connectors"));
    Files.createDirectories(folders.product().resolve("deploy"));
    Files.writeString(folders.product().resolve("etc/connectors/a.yaml"), "from the product");
    Files.writeString(folders.product().resolve("deploy/README.md"), "what belongs here");
    Files.writeString(folders.product().resolve("deploy/a.jar"), "somebody's connector");
  }

  @Test
  void fillsAFreshHomeFromTheProduct() throws IOException {
    folders.prepare();
    assertEquals("from the product", Files.readString(folders.etc().resolve("connectors/a.yaml")));
    assertEquals("what belongs here", Files.readString(folders.deploy().resolve("README.md")));
    assertTrue(Files.isDirectory(folders.extracts()));
  }

  @Test
  void fillsUpAHomeThatAlreadyHasConfigurationOfAConnector() throws IOException {
    Files.writeString(folders.product().resolve("etc/config.properties"), "framework");
    Files.createDirectories(folders.etc().resolve("connectors"));
    Files.writeString(folders.etc().resolve("connectors/a.yaml"), "from the operator");
    folders.prepare();
    assertEquals("from the operator", Files.readString(folders.etc().resolve("connectors/a.yaml")));
    assertEquals("framework", Files.readString(folders.etc().resolve("config.properties")));
  }

  @Test
  void takesNoDeployedConnectorAlong() {
    folders.prepare();
    assertFalse(Files.exists(folders.deploy().resolve("a.jar")));
  }

  @Test
  void leavesWhatAnOperatorChanged() throws IOException {
    folders.prepare();
    Files.writeString(folders.etc().resolve("connectors/a.yaml"), "changed");
    folders.prepare();
    assertEquals("changed", Files.readString(folders.etc().resolve("connectors/a.yaml")));
  }

  @Test
  void saysThatAHomeCannotBeWritten() throws IOException {
    Files.writeString(folder.resolve("home"), "a file is in the way");
    HostException refused = assertThrows(HostException.class, folders::prepare);
    assertTrue(refused.getMessage().startsWith("KIT-7002 cannot write to '" + folders.home() + "'"), refused.getMessage());
  }
}
