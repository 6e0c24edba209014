package io.connectorkit.itests.framework;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import io.connectorkit.host.RunRecord;
import io.connectorkit.host.TableOutcome.Outcome;
import io.connectorkit.itests.scripted.AttachingConnector;
import io.connectorkit.itests.scripted.TinyConnector;
import io.connectorkit.itests.support.Audit;
import io.connectorkit.itests.support.ConnectorJar;
import io.connectorkit.itests.support.Database;
import io.connectorkit.itests.support.Folders;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.Test;

/** Tables that are queried at their source; DuckDB's own files stand in for the extensions, which cannot be had everywhere. */
public class RemoteIT extends RemoteHostTest {

  private static final String REMOTE = "tables: {orders: {mode: remote}, items: {mode: local}}\n";

  /** A9, D3, D4, 5.1 no. 11: the attach happened, since a value is read that only the source has, without a run. */
  @Test
  public void aTableThatCannotBeReadIsQueriedAtItsSource() {
    shop("live");
    instance("live", "distant", "", "tables = orders\nattach.url = " + source("live") + "\n");
    RunRecord run = awaitRun("live", 1);
    assertEquals(run.toString(), List.of(Outcome.OK, "remote", 0L, ""),
        List.of(outcome(run, "orders").outcome(), outcome(run, "orders").mode(), outcome(run, "orders").rows(), outcome(run, "orders").note()));
    assertEquals(3L, count("live.orders"));
    atSource("live", "INSERT INTO shop.orders VALUES (10, 'new')");
    assertEquals(List.of(List.of(10L, "new")), query("SELECT * FROM live.orders WHERE id = 10"));
    assertEquals(1, history("live").size());
    assertEquals("remote", catalog.tables().stream().filter(table -> table.source().equals("live")).findFirst().orElseThrow().mode());
    assertTrue(instances.explain("live").toString(), instances.explain("live").toString().contains("queried at their source [orders]"));
  }

  /** D2, D6, L5: the mode is chosen for each table, and published as it is; four columns, and nothing of a secret. */
  @Test
  public void eachTableIsReadOrAttachedAsItsFileSays() {
    shop("mixed");
    instance("mixed", "attaching", REMOTE, both("mixed"));
    awaitRun("mixed", 1);
    assertEquals(List.of(List.of("items", "2", "local"), List.of("orders", "0", "remote")),
        inExtract("mixed", "SELECT table_name, rows, query_mode FROM _meta ORDER BY 1"));
    assertEquals(List.of(List.of("src", "duckdb", source("mixed").toString(), "")), attached("mixed"));
    assertEquals(List.of(List.of("alias,extension,url,token_env")), inExtract("mixed", "SELECT string_agg(column_name, ',' ORDER BY ordinal_position)"
        + " FROM information_schema.columns WHERE table_name = '_remote_attach'"));
    assertEquals(List.of(List.of("far", "near")), query("SELECT o.name, i.name FROM mixed.orders o JOIN mixed.items i USING (id) LIMIT 1"));
  }

  /** Whoever opens a file alone has all local tables, and is told of the others. */
  @Test
  public void aClientWithoutTheHostReadsLocalTablesAndIsToldAboutTheOthers() {
    shop("alone");
    instance("alone", "attaching", REMOTE, both("alone"));
    awaitRun("alone", 1);
    Path analytics = folder("extracts").resolve("analytics.duckdb");
    for (Path file : List.of(analytics, folder("extracts").resolve("alone/extract.duckdb"))) {
      String schema = file.equals(analytics) ? "alone." : "";
      assertEquals(List.of(List.of("2")), Database.query(file, "SELECT count(*) FROM " + schema + "items"));
      for (String sql : List.of("SELECT * FROM %sorders", "SELECT count(*) FROM %sorders", "SELECT 1 FROM %sorders WHERE id = 5")) {
        String error = assertThrows(AssertionError.class, () -> Database.query(file, sql.formatted(schema))).getMessage();
        assertTrue(error, error.contains("KIT-5010 alone.orders is queried at its source, through DuckDB's extension 'duckdb'"));
      }
      assertEquals(List.of(List.of("id", "BIGINT"), List.of("name", "VARCHAR")),
          Database.query(file, "SELECT column_name, column_type FROM (DESCRIBE " + schema + "orders)"));
    }
  }

  /** 5.1 no. 14: never both, and no file that nobody reads. */
  @Test
  public void aTableGoesFromOneModeToTheOtherAndBack() throws Exception {
    shop("turning");
    instance("turning", "attaching", "tables: {orders: {mode: local}}\n", both("turning"));
    awaitRun("turning", 1);
    Audit audit = new Audit(folder("extracts").resolve("turning"));
    for (int turn = 2; turn <= 5; turn++) {
      boolean remote = turn % 2 == 0;
      assertEquals(List.of(), audit.strays());
      assertEquals(List.of(List.of(remote ? "near" : "far")), query("SELECT DISTINCT name FROM turning.orders"));
      instance("turning", "attaching", "tables: {'*': {mode: " + (remote ? "remote" : "local") + "}}\n", both("turning"));
      assertEquals(RunRecord.Outcome.OK, awaitRun("turning", turn).outcome());
      assertEquals(List.of(List.of(remote ? "far" : "near")), query("SELECT DISTINCT name FROM turning.orders"));
      assertEquals(remote ? 1 : 0, attached("turning").size());
      assertEquals(!remote, Files.exists(folder("extracts").resolve("turning/data/orders.parquet")));
    }
  }

  /** B17, D5: an attachment that fails is a failure of its tables; what was published stays as it was. */
  @Test
  public void aTableWhoseAttachmentFailsKeepsWhatWasPublished() throws Exception {
    shop("failing");
    instance("failing", "attaching", REMOTE, both("failing"));
    awaitRun("failing", 1);
    script("failing", both("failing") + "attach.fail.after = 0\nattach.fail.text = no answer from swordfish\n");
    RunRecord run = run("failing");
    assertEquals(RunRecord.Outcome.PARTIAL, run.outcome());
    assertTrue(run.toString(), outcome(run, "orders").error().contains("attachment of 'failing' failed: IllegalStateException: no answer from ***"));
    assertEquals(3L, count("failing.orders"));
    assertEquals(1, attached("failing").size());
    script("failing", both("failing") + "items.can = remote\norders.relation = none\n");
    run = run("failing", "orders");
    assertTrue(run.toString(), outcome(run, "orders").error().startsWith("KIT-3060") && outcome(run, "orders").error().contains("nothing stands behind"));
    script("failing", both("failing") + "orders.relation = shop.gone\n");
    run = run("failing");
    assertTrue(run.toString(), outcome(run, "orders").error().startsWith("KIT-3062") && outcome(run, "items").outcome() == Outcome.OK);
    script("failing", both("failing") + "attach.gate = " + folder("data").resolve("failing.gate") + "\n");
    Folders.write(folder("data").resolve("failing.gate"), "");
    run = run("failing");
    assertTrue(run.toString(), outcome(run, "orders").error().startsWith("KIT-3014") && outcome(run, "items").outcome() == Outcome.OK);
    assertEquals(3L, count("failing.orders"));
  }

  private void refused(String instance, String lines, String... words) throws Exception {
    script(instance, both(instance) + lines);
    String error = outcome(run(instance), "orders").error();
    for (String word : words) {
      assertTrue(lines + " -> " + error, error.startsWith("KIT-3060") && error.contains(word));
    }
    assertEquals(List.of(), attached(instance));
    assertEquals(2L, count(instance + ".items"));
  }

  /** A10, A11, 5.1 no. 25: what a connector says is held against the operator's lists, each part of it. */
  @Test
  public void whatIsNotAllowedIsNotAttached() throws Exception {
    shop("greedy");
    instance("greedy", "attaching", REMOTE, both("greedy") + "attach.alias = main\n");
    awaitRun("greedy", 1);
    refused("greedy", "attach.alias = a b\n", "alias 'a b'");
    refused("greedy", "attach.alias = greedy\n", "also the name of the instance");
    refused("greedy", "attach.extension = postgres\n", "extension 'postgres' is not among those allowed, [duckdb, keboola]");
    refused("greedy", "attach.extension = keboola\nattach.url = https://evil.example/\n", "'evil.example' is not named by the settings");
    refused("greedy", "attach.url = " + folder("extracts").resolve("analytics.duckdb") + "\n", "analytics.duckdb' is not named by the settings");
    refused("greedy", "attach.extension = keboola\nattach.url = https://me:pass@keboola.example\n", "holds credentials");
    refused("greedy", "attach.url = x?password=swordfish\n", "a secret stands in it");
    refused("greedy", "attach.token = HOME\n", "HOME is not declared under auth.env_vars", "[PATH]");
    refused("greedy", "attach.token = sk-12345\n", "must be of capital letters");
    refused("greedy", "orders.relation = call read_text /etc/passwd\n", "function 'read_text'");
    assertTrue(refusal("SELECT * FROM greedy.orders"), refusal("SELECT * FROM greedy.orders").contains("KIT-5002"));
  }

  /** B13: DuckDB shows the statement that fails, and a token stands in it. */
  @Test
  public void aTokenIsInNoErrorAndNoFile() throws Exception {
    shop("secretive");
    instance("secretive", "attaching", REMOTE, both("secretive") + "attach.token = PATH\n");
    RunRecord run = awaitRun("secretive", 1);
    String error = outcome(run, "orders").error();
    assertTrue(error, error.startsWith("KIT-3062") && error.contains("check its address and PATH") && !error.contains(System.getenv("PATH")));
    String file = new String(Files.readAllBytes(folder("extracts").resolve("secretive/extract.duckdb")), StandardCharsets.ISO_8859_1);
    assertFalse(file.contains(System.getenv("PATH")) || file.contains("swordfish"));
  }

  /** D19, 5.1 no. 10: a table whose extension is missing is there, says why, and is not listed for others to attach. */
  @Test
  public void aTableWhoseExtensionIsMissingSaysSoAndHurtsNoOther() throws Exception {
    instance("missing", "attaching", REMOTE, both("missing") + "attach.extension = keboola\nattach.url = https://stack.example\n",
        "https://stack.example/");
    RunRecord run = awaitRun("missing", 1);
    assertTrue(run.toString(), outcome(run, "orders").note().contains("KIT-3061 DuckDB's extension 'keboola' is missing"));
    assertEquals(List.of(), attached("missing"));
    String error = refusal("SELECT count(*) FROM missing.orders");
    assertTrue(error, error.startsWith("KIT-5011 missing.orders cannot be queried at its source: KIT-3061") && error.contains("extensions.install"));
    assertEquals(2L, count("missing.items"));
    assertEquals(2L, count("missing.items i WHERE NOT EXISTS (SELECT 1 FROM (DESCRIBE missing.orders) WHERE column_name = 'absent')"));
  }

  /** 1.9, 5.1 no. 25: a session that reaches a source is as closed as any other, and reaches nothing there but the tables. */
  @Test
  public void aQueryReachesNothingBesideTheTables() {
    shop("closed");
    atSource("closed", "CREATE TABLE shop.payroll AS SELECT 1 AS id");
    instance("closed", "attaching", REMOTE, both("closed"));
    awaitRun("closed", 1);
    assertTrue(refusal("SELECT * FROM closed.orders, read_text('/etc/passwd')").contains("disabled by configuration"));
    assertTrue(refusal("SELECT * FROM closed.orders, closed.payroll").contains("payroll"));
    assertTrue(refusal("SELECT * FROM closed.orders, src.shop.payroll").contains("src"));
    for (String function : List.of("query('SELECT 1')", "query_table('x')", "duckdb_databases()", "duckdb_databases", "pragma_database_list")) {
      String error = refusal("SELECT * FROM closed.orders, " + function);
      assertTrue(error, error.startsWith("KIT-5012"));
    }
    assertTrue(refusal("ATTACH '" + source("closed") + "' AS x").startsWith("KIT-5003"));
  }

  /** D18: without the capability, nothing of it is left. */
  @Test
  public void whenAConnectorAttachesNoMoreItsAttachmentIsWithdrawn() {
    shop("waning");
    ConnectorJar.attaching("waning_connector", "1.0.0", "discover,read,remote", AttachingConnector.class).writeTo(deployed("waning.jar"));
    instance("waning", "waning_connector", REMOTE, both("waning"));
    RunRecord run = awaitRun("waning", 1);
    assertEquals(run.toString(), 1, attached("waning").size());
    ConnectorJar.attaching("waning_connector", "2.0.0", "discover,read", TinyConnector.class).writeTo(deployed("waning.jar"));
    awaitRun("waning", 2);
    assertEquals(List.of(), attached("waning"));
    assertEquals(List.of(List.of("items")), inExtract("waning", "SELECT table_name FROM _meta"));
  }
}
