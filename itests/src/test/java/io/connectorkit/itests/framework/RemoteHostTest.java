package io.connectorkit.itests.framework;

import static org.junit.Assert.assertThrows;

import io.connectorkit.host.DeployedFile.State;
import io.connectorkit.host.KitException;
import io.connectorkit.host.RunRecord;
import io.connectorkit.host.TableOutcome;
import io.connectorkit.itests.scripted.AttachingConnector;
import io.connectorkit.itests.scripted.RemoteOnlyConnector;
import io.connectorkit.itests.support.ConnectorJar;
import io.connectorkit.itests.support.Database;
import io.connectorkit.itests.support.Folders;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Properties;
import org.duckdb.DuckDBDriver;
import org.junit.Before;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;

/** A host that lets DuckDB files be attached, and two connectors that have them attached; each test has an instance of its own. */
public abstract class RemoteHostTest extends HostTest {

  @Override
  @Configuration
  public Option[] configuration() {
    Option[] options = super.configuration();
    Folders.write(KitOptions.etc(getClass()).resolve("io.connectorkit.host.cfg"), "run.stall.seconds = 5\nsnapshot.grace.minutes = 0\n");
    Folders.write(KitOptions.etc(getClass()).resolve("io.connectorkit.remote.cfg"), "extensions = keboola, duckdb\n");
    return options;
  }

  @Before
  public void deployTheAttachingConnectors() {
    if (!Files.exists(deployed("attaching.jar"))) {
      ConnectorJar.attaching("attaching", "1.0.0", "discover,read,remote", AttachingConnector.class).writeTo(deployed("attaching.jar"));
      ConnectorJar.attaching("distant", "1.0.0", "discover,remote", RemoteOnlyConnector.class).writeTo(deployed("distant.jar"));
    }
    awaitFile("attaching.jar", State.DEPLOYED);
    awaitFile("distant.jar", State.DEPLOYED);
  }

  /** The database of an instance's source. */
  protected Path source(String instance) {
    return folder("data").resolve(instance + ".duckdb");
  }

  /** Writes into the source, which nobody has open meanwhile. */
  protected void atSource(String instance, String... statements) {
    try (Connection connection = new DuckDBDriver().connect("jdbc:duckdb:" + source(instance), new Properties());
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  /** A source with two tables of three rows. */
  protected void shop(String instance) {
    atSource(instance, "CREATE SCHEMA shop", "CREATE TABLE shop.orders AS SELECT range AS id, 'far' AS name FROM range(3)",
        "CREATE TABLE shop.items AS SELECT range AS id, 'far' AS name FROM range(3)");
  }

  /** A script with tables that can be read or attached. */
  protected String both(String instance) {
    String table = "%1$s.can = read,remote\n%1$s.sql = SELECT range AS id, 'near' AS name FROM range(2)\n";
    return "tables = orders, items\n" + table.formatted("orders") + table.formatted("items") + "attach.url = " + source(instance) + "\n";
  }

  /** Writes the file of an instance. */
  protected void instance(String name, String connector, String tables, String script) {
    instance(name, connector, tables, script, source(name).toString());
  }

  protected void instance(String name, String connector, String tables, String script, String source) {
    Path file = script(name, script);
    Folders.write(folder("etc").resolve("connectors").resolve(name + ".yaml"), "connector: " + connector + "\n" + tables + "config:\n  script: "
        + file + "\n  source: " + source + "\n  password: swordfish\n");
  }

  protected static TableOutcome outcome(RunRecord run, String table) {
    return run.tables().stream().filter(each -> each.table().equals(table)).findFirst().orElseThrow(() -> new AssertionError(table + " in " + run));
  }

  protected List<List<String>> inExtract(String instance, String sql) {
    return Database.query(folder("extracts").resolve(instance).resolve("extract.duckdb"), sql);
  }

  protected List<List<String>> attached(String instance) {
    return inExtract(instance, "SELECT alias, extension, url, token_env FROM _remote_attach");
  }

  protected String refusal(String sql) {
    return assertThrows(KitException.class, () -> query(sql)).getMessage();
  }
}
