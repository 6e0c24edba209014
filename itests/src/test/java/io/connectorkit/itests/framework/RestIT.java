package io.connectorkit.itests.framework;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import io.connectorkit.host.DeployedFile.State;
import io.connectorkit.host.InstanceStatus;
import io.connectorkit.host.RunRecord;
import io.connectorkit.host.TableOutcome;
import io.connectorkit.itests.scripted.RestConnector;
import io.connectorkit.itests.support.Await;
import io.connectorkit.itests.support.ConnectorJar;
import io.connectorkit.itests.support.FakeApi;
import io.connectorkit.itests.support.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.After;
import org.junit.Test;

/** Connectors of REST sources, with code and without, against a source that throttles and breaks off. */
public class RestIT extends HostTest {

  private static final int ROWS = 10_000;
  private static final String HTTP = """
      config:
        url: {type: string, format: uri, required: true}
        token: {type: string, secret: true}
        mark: {type: string}
      http:
        base_url: "{url}"
        auth: {type: bearer, secret: token}
        rate_limit: 5000/s
      """;
  private static final List<String> STYLES = List.of("token", "offset", "page", "link", "url", "whole");
  private static final String COLUMNS = """
              id: int64
              total: decimal(12, 2)
              paid: bool
              updated: instant
              changed: {type: epoch_millis, path: changed_ms}
              city: {type: text, path: customer.city, description: Where it goes}
              tags: json
      """;
  private static final String TABLES = """
      source:
        tables:
          token:
            path: /token
            records: data.items
            paging: {type: token, path: next, param: at}
            key: [id]
            incremental: {column: updated, param: since}
            columns: &columns
      %s    offset:
            path: /offset
            records: data.items
            paging: {type: offset, param: at, size_param: limit, size: 1000}
            columns: *columns
            key: [id]
            incremental: {column: updated, param: since}
          page:
            path: /page
            records: data.items
            paging: {type: page, param: page}
            columns: *columns
            key: [id]
            incremental: {column: changed, param: since_ms}
          link:
            path: /link
            records: data.items
            paging: {type: link}
            columns: *columns
            key: [id]
            incremental: {column: updated, param: since}
          url:
            path: /url
            records: data.items
            paging: {type: next_url, path: next}
            columns: *columns
            key: [id]
            incremental: {column: updated, param: since}
          whole:
            path: /all
            records: data.items
            columns: *columns
            key: [id]
            incremental: {column: updated, param: since}
      """.formatted(COLUMNS);

  private final FakeApi api = new FakeApi(ROWS);

  @After
  public void stopTheSource() {
    api.close();
  }

  /** A bundle with nothing in it but its declaration. */
  private static ConnectorJar declarative(String name, String tables) {
    return ConnectorJar.of(name, "1.0.0").withoutClasses().yaml("name: " + name + "\nversion: \"1.0.0\"\ncapabilities: [discover, read]\n" + HTTP + tables);
  }

  private void configure(String name) {
    Folders.write(folder("etc").resolve("connectors").resolve(name + ".yaml"), "connector: " + name + "\nconfig:\n  url: " + api.url()
        + "\n  token: " + FakeApi.TOKEN + "\n  mark: " + folder("data").resolve(name + ".mark") + "\n");
  }

  private RunRecord deploy(ConnectorJar jar, String name) {
    configure(name);
    jar.writeTo(deployed(name + ".jar"));
    awaitFile(name + ".jar", State.DEPLOYED);
    return awaitRun(name, 1);
  }

  private static TableOutcome outcome(RunRecord run, String table) {
    return run.tables().stream().filter(each -> each.table().equals(table)).findFirst().orElseThrow(() -> new AssertionError(table + " in " + run));
  }

  @Test
  public void aBundleWithoutAClassExtractsEveryStyleOfPages() throws Exception {
    RunRecord first = deploy(declarative("shop", TABLES), "shop");
    assertEquals(first.toString(), RunRecord.Outcome.OK, first.outcome());
    for (String table : STYLES) {
      assertEquals(table, ROWS, count("shop." + table));
      assertEquals("full", outcome(first, table).mode());
    }
    assertEquals(List.of(List.of("1.10", false, "Bergen 1", "[\"a\",1]", true)), query("SELECT CAST(total AS VARCHAR), paid, city, tags, updated = changed"
        + " FROM shop.token WHERE id = 1"));

    api.asked();
    api.put(ROWS + 1, ROWS + 1);
    api.put(5, ROWS + 2);
    RunRecord second = run("shop");
    assertEquals(second.toString(), RunRecord.Outcome.OK, second.outcome());
    for (String table : STYLES) {
      assertEquals(table, ROWS + 1, count("shop." + table));
      assertEquals("delta", outcome(second, table).mode());
      assertTrue(outcome(second, table).toString(), outcome(second, table).rows() <= 3);
    }
    List<String> asked = api.asked();
    assertTrue(asked.toString(), asked.size() < 20 && asked.stream().allMatch(each -> each.contains("since")));
    assertEquals(List.of(List.of(true)), query("SELECT updated > TIMESTAMPTZ '2026-01-01 02:00:00Z' FROM shop.page WHERE id = 5"));
  }

  @Test
  public void aWrongTypeOrPathLeadsToItsLine() {
    String wrong = """
        source:
          tables:
            good: {path: /token, records: data.items, columns: {id: int64}}
            type:
              path: /token
              records: data.items
              columns:
                id: int64
                city: {type: date, path: customer.city}
            records:
              path: /token
              records: data.entries
              columns: {id: int64}
        """;
    RunRecord run = deploy(declarative("wrong", wrong), "wrong");
    assertEquals(run.toString(), RunRecord.Outcome.PARTIAL, run.outcome());
    assertEquals(TableOutcome.Outcome.OK, outcome(run, "good").outcome());
    assertEquals("table 'type', row 1, column 'city': 'Bergen 1' (String) is not a date (2026-01-31); META-INF/connector.yaml, line 20:"
        + " source.tables.type.columns.city is date; correct the type or the path", outcome(run, "type").error());
    assertEquals("GET /token gave an answer that has no 'data.entries'; 'data' is an object with [items]; see META-INF/connector.yaml, line 22:"
        + " source.tables.records.path, and line 23: source.tables.records.records", outcome(run, "records").error());
  }

  @Test
  public void aDeclarationThatIsWrongIsRejectedWithItsLines() {
    declarative("bad", TABLES.replace("decimal(12, 2)", "decimal(2, 12)").replace("param: since_ms", "parm: x").replace("/link", "/{lnk}"))
        .writeTo(deployed("bad.jar"));
    String reason = awaitFile("bad.jar", State.REJECTED).reason();
    for (String part : List.of("line 22: 'source.tables.token.columns.total' is 'decimal(2, 12)' and must be one of",
        "line 41: 'source.tables.page.incremental.parm' is unknown; did you mean 'param'?", "line 43: 'source.tables.link.path' names the setting 'lnk'")) {
      assertTrue(reason, reason.contains(part));
    }
  }

  @Test
  public void aBundleIsMadeOfCodeOrOfASourceAndNotOfBoth() {
    configure("both");
    ConnectorJar.of("both", "1.0.0").yaml("name: both\nversion: \"1.0.0\"\ncapabilities: [discover, read]\n" + HTTP + TABLES).writeTo(deployed("both.jar"));
    String reason = awaitState("both", InstanceStatus.State.REJECTED).reason();
    assertTrue(reason, reason.startsWith("KIT-1012") && reason.contains("a section 'source'") && reason.contains("Service-Component"));
  }

  @Test
  public void aConnectorWithCodeReadsIncrementallyAndLeavesNothingOpen() throws Exception {
    ConnectorJar jar = ConnectorJar.of("rest", "1.0.0").implementation(List.of(RestConnector.class, markClass()))
        .yaml("name: rest\nversion: \"1.0.0\"\ncapabilities: [discover, read]\n" + HTTP);
    RunRecord first = deploy(jar, "rest");
    assertEquals(first.toString(), List.of(RunRecord.Outcome.OK, (long) ROWS), List.of(first.outcome(), outcome(first, "orders").rows()));
    assertEquals(List.of(), working());
    api.put(ROWS + 1, ROWS + 1);
    TableOutcome second = outcome(run("rest"), "orders");
    assertEquals("delta", second.mode());
    assertEquals(ROWS + 1, count("rest.orders"));

    Path mark = folder("data").resolve("rest.mark");
    assertEquals("open", read(mark));
    Files.delete(deployed("rest.jar"));
    Await.until("what was shared is closed", () -> read(mark).equals("closed"));
    Await.until("the connector is gone", () -> find("rest").filter(status -> status.state() == InstanceStatus.State.WAITING).isPresent());
    Files.delete(folder("etc").resolve("connectors").resolve("rest.yaml"));
  }

  @Test
  public void whatIsSharedGoesWithItsConfiguration() throws Exception {
    ConnectorJar jar = ConnectorJar.of("moved", "1.0.0").implementation(List.of(RestConnector.class, markClass()))
        .yaml("name: moved\nversion: \"1.0.0\"\ncapabilities: [discover, read]\n" + HTTP);
    deploy(jar, "moved");
    Path mark = folder("data").resolve("moved.mark");
    assertEquals("open", read(mark));
    Path file = folder("etc").resolve("connectors").resolve("moved.yaml");
    Folders.write(file, Folders.read(file).replace("moved.mark", "other.mark"));
    Await.until("the old one is closed", () -> read(mark).equals("closed"));
    awaitRun("moved", 2);
    assertEquals("open", read(folder("data").resolve("other.mark")));
  }

  @Test
  public void wrongCredentialsAreNamedAndNotShown() {
    configure("locked");
    Path file = folder("etc").resolve("connectors").resolve("locked.yaml");
    Folders.write(file, Folders.read(file).replace(FakeApi.TOKEN, "not-the-token"));
    declarative("locked", TABLES).writeTo(deployed("locked.jar"));
    RunRecord run = awaitRun("locked", 1);
    assertEquals(RunRecord.Outcome.FAILED, run.outcome());
    assertTrue(run.toString(), run.tables().get(0).error().contains("answered 401: '{\"error\": \"who are you?\"}'; check the credentials"));
    assertFalse(run.toString().contains("not-the-token"));
  }

  private static Class<?> markClass() throws ClassNotFoundException {
    return Class.forName(RestConnector.class.getName() + "$Mark");
  }

  private static List<String> working() {
    return Thread.getAllStackTraces().keySet().stream().filter(Thread::isAlive).map(Thread::getName).filter(name -> name.startsWith("kit-work-rest"))
        .toList();
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return "";
    }
  }
}
