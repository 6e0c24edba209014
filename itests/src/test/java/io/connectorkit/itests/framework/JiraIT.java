package io.connectorkit.itests.framework;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;
import static org.ops4j.pax.exam.CoreOptions.systemPackage;

import io.connectorkit.connector.jira.fake.ExpectedRows;
import io.connectorkit.connector.jira.fake.FakeJira;
import io.connectorkit.connector.jira.fake.FakeSite;
import io.connectorkit.connector.jira.fake.Reply;
import io.connectorkit.host.DeployedFile.State;
import io.connectorkit.host.EventInboxes;
import io.connectorkit.host.EventReceipt;
import io.connectorkit.host.RunListener;
import io.connectorkit.host.RunOrder;
import io.connectorkit.host.RunRecord;
import io.connectorkit.host.TableOutcome;
import io.connectorkit.itests.support.Await;
import io.connectorkit.itests.support.Database;
import io.connectorkit.itests.support.EventSender;
import io.connectorkit.itests.support.Folders;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import javax.inject.Inject;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;

/** A site of Jira over some days, from a server that behaves and one that does not: what is extracted is what is there, value by value. */
public class JiraIT extends HostTest {

  private static final int ISSUES = 40;

  @Inject
  private EventInboxes inboxes;

  private final FakeSite site = new FakeSite(ISSUES);
  private volatile FakeJira jira = new FakeJira(site).limits(7, 1);

  @Override
  @Configuration
  public Option[] configuration() {
    return new Option[] {KitOptions.host(getClass()), systemPackage("io.connectorkit.connector.jira.fake")};
  }

  @Before
  public void deploy() throws Exception {
    token(FakeJira.TOKEN);
    if (!Files.exists(deployed("connector-jira.jar"))) {
      Files.copy(Folders.product().resolve("system/connectors/connector-jira.jar"), deployed("connector-jira.jar"));
    }
    awaitFile("connector-jira.jar", State.DEPLOYED);
  }

  @After
  public void stop() {
    jira.close();
  }

  private static void token(String token) {
    Folders.write(Path.of(System.getenv("JIRA_API_TOKEN_FILE")), token);
  }

  /** An instance of its own for a test, after its first run. */
  private RunRecord first(String instance, String... settings) {
    configure(instance, settings);
    return awaitRun(instance, 1);
  }

  private void configure(String instance, String... settings) {
    Folders.write(folder("etc").resolve("connectors").resolve(instance + ".yaml"), "connector: jira\nconfig:\n  url: " + jira.url() + "\n  email: "
        + FakeJira.EMAIL + "\n" + List.of(settings).stream().map(line -> "  " + line + "\n").collect(Collectors.joining()));
  }

  private EventReceipt send(String instance, String body) {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    return inboxes.receive(instance, Map.of("X-Hub-Signature", EventSender.signature(System.getenv("JIRA_WEBHOOK_SECRET"), bytes)), bytes);
  }

  /** The site's clock is not that of the host, which takes no old events. */
  private static String now(String event) {
    return event.replaceFirst("\"timestamp\":\\d+", "\"timestamp\":" + System.currentTimeMillis());
  }

  private boolean same(String instance) {
    try {
      assertSame(instance);
      return true;
    } catch (AssertionError e) {
      return false;
    }
  }

  /** H1, H2, H5: what an event is about is read again and replaced in all tables in one commit. */
  @Test
  public void aWebhookBringsItsIssueUpToDateInAllTables() {
    assertOk(first("hooks"));
    assertSame("hooks");
    long runsBefore = runs.history().stream().filter(run -> run.instance().equals("hooks")).count();
    site.comment("SUP-3", 2);
    site.history("SUP-3", 4);
    String updated = now(jira.event("jira:issue_updated", "SUP-3"));
    Await.until("events are taken", () -> send("hooks", updated).outcome() != EventReceipt.Outcome.LATER);
    Await.until("the changed issue is in SQL", () -> same("hooks"));
    assertEquals("known already", EventReceipt.Outcome.KNOWN, send("hooks", updated).outcome());
    String deleted = now(jira.event("jira:issue_deleted", "SUP-4"));
    site.delete("SUP-4");
    assertEquals(EventReceipt.Outcome.STORED, send("hooks", deleted).outcome());
    Await.until("the deleted issue is gone", () -> same("hooks"));
    assertEquals("no run was needed", runsBefore, runs.history().stream().filter(run -> run.instance().equals("hooks")).count());
    assertEquals(EventReceipt.Outcome.UNSIGNED, inboxes.receive("hooks", Map.of(), updated.getBytes(StandardCharsets.UTF_8)).outcome());
  }

  private RunRecord full(String instance) throws Exception {
    return runs.start(new RunOrder(instance, List.of(), "manual", true), RunListener.NONE).get(60, TimeUnit.SECONDS);
  }

  private static void assertOk(RunRecord run) {
    assertEquals(run.toString(), RunRecord.Outcome.OK, run.outcome());
  }

  private static TableOutcome outcome(RunRecord run, String table) {
    return run.tables().stream().filter(each -> each.table().equals(table)).findFirst().orElseThrow(() -> new AssertionError(table + " in " + run));
  }

  private void assertSame(String instance) {
    ExpectedRows.COLUMNS.keySet().forEach(table -> assertSame(instance, table));
  }

  private void assertSame(String instance, String table) {
    String columns = ExpectedRows.COLUMNS.get(table).stream().map(column -> column.endsWith("_at") && !column.startsWith("_") ? "epoch_ms(" + column + ")"
        : column).collect(Collectors.joining(", "));
    List<List<String>> rows = Database.query(folder("extracts").resolve(instance).resolve("extract.duckdb"), "SELECT " + columns + " FROM " + table);
    assertEquals(table, lines(jira.expected().of(table)), lines(rows));
  }

  private static String lines(List<List<String>> rows) {
    return rows.stream().map(String::valueOf).sorted(Comparator.naturalOrder()).collect(Collectors.joining("\n"));
  }

  private long asked(List<String> asked, String part) {
    return asked.stream().filter(each -> each.contains(part)).count();
  }

  @Test
  public void oneWalkFeedsAllTablesAndThenTheChangesDo() throws Exception {
    site.comment("SUP-3", 3);
    site.history("SUP-4", 120);
    site.after(Duration.ofHours(1));
    jira.asked();
    assertOk(first("days"));
    assertSame("days");
    List<String> asked = jira.asked();
    assertEquals("one walk for all tables: " + asked, (ISSUES + 6) / 7, asked(asked, "POST /rest/api/3/search/jql"));
    assertEquals("once for each issue", ISSUES, asked(asked, "/remotelink"));
    assertEquals(Database.query(folder("extracts").resolve("days/extract.duckdb"), "DESCRIBE issues").stream().map(row -> row.get(0)).toList(),
        ExpectedRows.COLUMNS.get("issues"));

    site.after(Duration.ofHours(5));
    site.change("SUP-3", issue -> {
      issue.status = "Done";
      issue.category = "Done";
      issue.resolution = "Fixed";
      issue.resolved = site.now();
      issue.comments.remove(0);
      issue.remoteLinks.clear();
    });
    site.comment("SUP-7", 130);
    String moved = site.move("SUP-6", "OPS");
    site.link("SUP-11", "SUP-12");
    site.create();
    site.organization(1, null);
    site.organization(7, "New & Co");
    RunRecord second = run("days");
    assertOk(second);
    assertSame("days");
    asked = jira.asked();
    assertEquals("what did not change is not asked for: " + asked, 6, asked(asked, "/remotelink"));
    assertEquals("delta", outcome(second, "issues").mode());
    assertEquals("full", outcome(second, "organizations").mode());
    assertEquals(0, count("days.comments WHERE issue_key = 'SUP-6'"));
    assertTrue(moved, count("days.issues WHERE issue_key = '" + moved + "'") == 1);

    site.after(Duration.ofHours(1));
    site.delete("SUP-7");
    site.change("SUP-8", issue -> issue.labels = List.of("late"));
    assertOk(run("days"));
    assertEquals("a poll does not see what went", 1, count("days.issues WHERE issue_key = 'SUP-7'"));
    assertOk(full("days"));
    assertSame("days");
  }

  /** Clocks are put forward in the night of the fake's 28 March. */
  @Test
  public void theQueryIsInTheZoneOfTheAccountAndTheIndexMayBeBehind() throws Exception {
    jira.zone(ZoneId.of("Australia/Brisbane"));
    assertOk(first("zones"));
    site.after(Duration.ofHours(2));
    site.change("SUP-1", issue -> issue.summary = "before the clock");
    jira.lag(Duration.ofMinutes(5));
    assertOk(run("zones"));
    site.after(Duration.ofMinutes(6));
    assertOk(run("zones"));
    assertSame("zones");
    jira.zone(ZoneId.of("America/Los_Angeles"));
    site.after(Duration.ofHours(2));
    site.change("SUP-2", issue -> issue.summary = "in another zone");
    site.after(Duration.ofMinutes(6));
    assertOk(run("zones"));
    assertSame("zones");
  }

  @Test
  public void aServerThatThrottlesFailsAndBreaksOffIsWaitedFor() throws Exception {
    jira.spoil("/search/jql", 1, 1, answer -> Reply.throttled("1"));
    jira.spoil("/remotelink", 5, 1, answer -> Reply.throttled(DateTimeFormatter.RFC_1123_DATE_TIME.format(ZonedDateTime.now(ZoneOffset.UTC).plusSeconds(1))));
    jira.spoil("/search/jql", 3, 1, answer -> Reply.error(503, "later"));
    jira.spoil("/search/jql", 4, 1, Reply::half);
    jira.spoil("/comment", 1, 1, Reply::half);
    jira.before("/search/jql", 4, () -> site.change("SUP-1", issue -> issue.summary = "changed after it was read"));
    assertOk(first("rough"));
    site.after(Duration.ofMinutes(1));
    assertOk(run("rough"));
    assertSame("rough");
  }

  @Test
  public void aTokenThatExpiresUnderWayLosesNothing() throws Exception {
    assertOk(first("locked"));
    String before = jira.expected().of("issues").toString();
    site.after(Duration.ofHours(1));
    site.issues().forEach(issue -> site.change(issue.key, each -> each.priority = "Low"));
    jira.before("/search/jql", 3, () -> jira.token("renewed-token"));
    RunRecord run = run("locked");
    assertEquals(run.toString(), RunRecord.Outcome.FAILED, run.outcome());
    assertTrue(run.toString(), run.tables().get(0).error().contains("answered 401"));
    assertEquals("nothing of it was published", 0, count("locked.issues WHERE priority = 'Low'"));
    assertTrue(before.contains("High"));
    token("renewed-token");
    assertOk(run("locked"));
    assertSame("locked");
  }

  @Test
  public void aServerThatDiesInTheMiddleOfAPageAndComesBackIsReadOn() throws Exception {
    assertOk(first("dying"));
    site.after(Duration.ofHours(1));
    site.issues().forEach(issue -> site.change(issue.key, each -> each.priority = "Low"));
    FakeJira dying = jira;
    dying.spoil("/search/jql", 2, 1, answer -> {
      dying.close();
      jira = new FakeJira(site, dying.port()).limits(7, 1);
      return answer.half();
    });
    assertOk(run("dying"));
    assertSame("dying");
    assertTrue("another server has answered the rest", asked(jira.asked(), "/search/jql") >= 3);
  }

  /** Unknown is not empty: a list that cannot be had, or is shorter than it says, keeps the rows that are there (J23, J25). */
  @Test
  public void whatCannotBeKnownStaysAsItIsAndIsReadLater() throws Exception {
    site.comment("SUP-3", 3);
    assertOk(first("unknown"));
    site.after(Duration.ofHours(1));
    site.comment("SUP-3", 2);
    site.change("SUP-4", issue -> issue.status = "Done");
    jira.spoil("/remotelink", 0, 1000, answer -> Reply.error(403, "no"));
    jira.spoil("/search/jql", 0, 1000, answer -> answer.replace("\"total\":7,\"comments\"", "\"total\":99,\"comments\""));
    RunRecord run = run("unknown");
    assertEquals(run.toString(), RunRecord.Outcome.PARTIAL, run.outcome());
    assertTrue(run.toString(), outcome(run, "comments").error().contains("issue SUP-3 has 99 comments by its own account, and 7 came"));
    assertEquals("what was there stays", 5, count("unknown.comments WHERE issue_key = 'SUP-3'"));
    assertEquals(TableOutcome.Outcome.OK, outcome(run, "issues").outcome());
    jira.behave();
    site.after(Duration.ofHours(1));
    assertOk(run("unknown"));
    assertSame("unknown");
  }

  @Test
  public void aFieldThatIsAddedBecomesAColumn() throws Exception {
    assertOk(first("fields", "projects: [SUP]", "custom_fields: {l3_team: customfield_20001}"));
    assertEquals(0, count("fields.issues WHERE project_key <> 'SUP'"));
    site.change("SUP-2", issue -> issue.further.putAll(Map.of("customfield_20001", "Team ü", "customfield_20002", List.of(1.5, "x"))));
    configure("fields", "projects: [SUP]", "custom_fields: {l3_team: customfield_20001}", "fields: {story_points: customfield_20002}");
    assertOk(awaitRun("fields", 2));
    assertEquals(List.of(List.of("Team ü", "[1.5, \"x\"]")), query("SELECT l3_team, story_points FROM fields.issues WHERE issue_key = 'SUP-2'"));
    List<List<String>> columns = Database.query(folder("extracts").resolve("fields/extract.duckdb"), "DESCRIBE issues");
    assertEquals("story_points", columns.get(ExpectedRows.COLUMNS.get("issues").size()).get(0));
  }
}
