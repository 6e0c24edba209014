package io.connectorkit.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.connectorkit.launcher.HostFolders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConnectorTrialTest {

  @TempDir
  Path folder;

  private HostFolders home;

  @BeforeEach
  void prepare() throws IOException {
    home = HostFolders.of(folder.resolve("product"), folder.resolve("home"));
    home.prepare();
    Files.createDirectories(home.etc().resolve("connectors"));
    Files.writeString(home.etc().resolve("io.connectorkit.deployer.cfg"), "require.signed = true\n");
    Files.createDirectories(home.shippedConnectors());
    Jars.connector(home.shippedConnectors().resolve("connector-jdk.jar"), "io.connectorkit.connector-jdk", "1.0.0", "jdk");
    Jars.connector(home.deploy().resolve("a.jar"), "acme.shop", "1.2.0", "shop");
    Files.writeString(home.etc().resolve("connectors/berlin.yaml"), "connector: shop\n");
    Files.writeString(home.etc().resolve("connectors/paris.yaml"), "connector: shop\n");
  }

  @Test
  void anInstanceIsTestedWithItsOwnConfigurationAndTheDeployedJarOnly() {
    ConnectorTrial trial = ConnectorTrial.prepare(home, "berlin", null);
    assertEquals("berlin", trial.instance());
    assertTrue(Files.exists(trial.folders().deploy().resolve("a.jar")));
    assertTrue(Files.exists(trial.folders().etc().resolve("connectors/berlin.yaml")));
    assertFalse(Files.exists(trial.folders().etc().resolve("connectors/paris.yaml")), "others would be asked for tables as well");
    assertTrue(Files.exists(trial.folders().etc().resolve("io.connectorkit.deployer.cfg")), "what the operator refuses is refused here");
    assertFalse(trial.folders().home().startsWith(home.home().resolve("deploy")));
  }

  @Test
  void aJarAnywhereIsTestedWithTheConfigurationThatIsGiven() throws IOException {
    Path jar = Jars.connector(folder.resolve("acme-2.jar"), "acme.other", "2.0.0", "other");
    Path config = Files.writeString(folder.resolve("whatever.yaml"), "connector: other\n");
    ConnectorTrial trial = ConnectorTrial.prepare(home, jar.toString(), config);
    assertEquals("other", trial.instance());
    assertEquals("connector: other\n", Files.readString(trial.folders().etc().resolve("connectors/other.yaml")));
  }

  @Test
  void aConnectorThatComesWithTheProductNeedsNoPath() {
    assertEquals("jdk", ConnectorTrial.prepare(home, "jdk", null).instance());
    assertEquals("shop", ConnectorTrial.prepare(home, "shop", null).jar().connector());
    assertTrue(assertThrows(KitException.class, () -> ConnectorTrial.prepare(home, "nobody", null)).getMessage().startsWith("KIT-7220"));
  }
}
