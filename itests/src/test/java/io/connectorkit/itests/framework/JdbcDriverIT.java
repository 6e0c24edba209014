package io.connectorkit.itests.framework;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import io.connectorkit.host.DeployedFile.State;
import io.connectorkit.host.RunRecord;
import io.connectorkit.itests.support.Folders;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.Statement;
import java.util.List;
import java.util.Properties;
import org.junit.Test;
import org.osgi.framework.Bundle;

/** A database's driver as a bundle of its own, which offers it as a service. */
public class JdbcDriverIT extends HostTest {

  @Test
  public void theDriverOfAnotherBundleIsUsedForAsLongAsItIsThere() throws Exception {
    Files.copy(Folders.product().resolve("system/connectors/connector-jdbc.jar"), deployed("connector-jdbc.jar"));
    awaitFile("connector-jdbc.jar", State.DEPLOYED);
    Path jar = Folders.list(Path.of(System.getProperty("kit.libraries"))).stream().filter(file -> file.getFileName().toString().startsWith("h2-"))
        .findFirst().orElseThrow();
    Bundle driver = context.installBundle(jar.toUri().toString());
    driver.start();
    String url = "jdbc:h2:file:" + folder("data").resolve("stock");
    try (Connection connection = ((Driver) driver.loadClass("org.h2.Driver").getConstructor().newInstance()).connect(url, new Properties());
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE items AS SELECT x AS id FROM system_range(1, 10)");
    }
    Folders.write(folder("etc").resolve("connectors/stock.yaml"), "connector: jdbc\nconfig: {url: '" + url + "'}\n");
    RunRecord run = awaitRun("stock", 1);
    assertEquals(run.toString(), RunRecord.Outcome.OK, run.outcome());
    assertEquals(List.of(List.of(10L)), query("SELECT count(*) FROM stock.items"));
    driver.uninstall();
    RunRecord without = run("stock");
    assertTrue(without.toString(), without.error().contains("no driver for jdbc:h2:; put its jar into "));
    assertEquals("what was read stays", 10L, count("stock.items"));
  }
}
