package io.connectorkit.connector.jira;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.connectorkit.api.Changes;
import io.connectorkit.api.Changes.Change;
import io.connectorkit.api.Changes.Delete;
import io.connectorkit.api.Changes.Upsert;
import io.connectorkit.api.ConnectorException;
import io.connectorkit.api.Event;
import io.connectorkit.connector.jira.fake.FakeJira;
import io.connectorkit.connector.jira.fake.FakeSite;
import io.connectorkit.connector.jira.fake.Reply;
import io.connectorkit.contract.ConnectorProbe;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What becomes of events. */
@Timeout(60)
class EventsTest {

  private final FakeSite site = new FakeSite(10);
  private final FakeJira jira = new FakeJira(site);
  private final JiraConnector connector = new JiraConnector();

  @AfterEach
  void stop() {
    jira.close();
  }

  private static Event event(String body) {
    return new Event("1", Instant.EPOCH, Map.of(), body.getBytes(StandardCharsets.UTF_8));
  }

  private List<Change> changes(Map<String, Object> settings, String... bodies) {
    try (ConnectorProbe probe = JiraFixture.probe(jira, settings)) {
      Changes changes = connector.changes(probe.context(), connector.discover(probe.context()), List.of(bodies).stream().map(EventsTest::event).toList());
      return changes.list();
    }
  }

  private List<Change> changes(String... bodies) {
    return changes(Map.of(), bodies);
  }

  private static Set<String> tables(List<Change> changes, Class<? extends Change> kind) {
    return changes.stream().filter(kind::isInstance).map(Change::table).collect(Collectors.toCollection(TreeSet::new));
  }

  private static Object value(List<Change> changes, String table, String column) {
    return changes.stream().filter(change -> change instanceof Upsert && change.table().equals(table)).map(change -> ((Upsert) change).row().get(column))
        .findFirst().orElseThrow(() -> new AssertionError("no row of " + table + " in " + changes));
  }

  @Test
  void anEventHasItsIssueReadAgainAndFeedsAllTables() {
    site.change("SUP-3", issue -> issue.status = "Done");
    List<Change> changes = changes(jira.event("jira:issue_updated", "SUP-3").replace("Done", "To Do"));
    assertEquals("Done", value(changes, "issues", "status"));
    assertEquals(Set.of("comments", "attachments", "changelog", "issuelinks", "remote_links"), tables(changes, Delete.class));
    assertEquals(2, changes.stream().filter(change -> change instanceof Upsert && change.table().equals("comments")).count());
  }

  @Test
  void severalEventsOfAnIssueAreReadOnce() {
    jira.asked();
    changes(jira.event("jira:issue_updated", "SUP-3"), jira.event("comment_created", "SUP-3"), jira.event("jira:issue_updated", "SUP-4"));
    assertEquals(2, jira.asked().stream().filter(asked -> asked.matches("GET /rest/api/3/issue/[^/]+\\?.*")).count());
  }

  /** Only by its exact name: "deleted" in the name of an event once erased issues from six tables. */
  @Test
  void onlyTheDeletionOfAnIssueDeletesIt() {
    for (String name : List.of("jira:issue_deleted", "issue_deleted")) {
      List<Change> changes = changes(jira.event(name, "SUP-3"));
      assertEquals(Set.of(), tables(changes, Upsert.class));
      assertEquals(Set.copyOf(Issues.TABLES), tables(changes, Delete.class));
    }
    for (String name : List.of("comment_deleted", "attachment_deleted", "jira:issue_deleted2", "JIRA:ISSUE_DELETED", "worklog_deleted")) {
      assertTrue(tables(changes(jira.event(name, "SUP-3")), Upsert.class).contains("issues"), name);
    }
  }

  @Test
  void anIssueThatIsGoneIsDeletedWhateverTheEventSays() {
    String event = jira.event("jira:issue_updated", "SUP-3");
    site.delete("SUP-3");
    assertEquals(Set.of(), tables(changes(event), Upsert.class));
    assertTrue(tables(changes(event), Delete.class).contains("issues"));
  }

  @Test
  void whileJiraDoesNotAnswerTheEventCountsAsFarAsItGoes() {
    jira.spoil("/issue/", 0, 1000, answer -> Reply.error(400, "no"));
    List<Change> changes = changes(jira.event("jira:issue_updated", "SUP-3"));
    assertEquals("SUP-3", value(changes, "issues", "issue_key"));
    assertEquals("Look at [this|https://example.com/?token=REDACTED]", value(changes, "issues", "description"));
    assertEquals(Set.of("attachments", "issuelinks"), tables(changes, Delete.class), "comments, history and remote links are not known");
    assertThrows(ConnectorException.class, () -> changes(jira.event("comment_created", "SUP-3")), "the event has a part of the issue only");
  }

  @Test
  void whatIsNotKnownIsNotTouched() {
    jira.spoil("/remotelink", 0, 1000, answer -> Reply.error(403, "no"));
    List<Change> changes = changes(jira.event("jira:issue_updated", "SUP-4"));
    assertEquals(Set.of("comments", "attachments", "changelog", "issuelinks"), tables(changes, Delete.class));
  }

  @Test
  void aKeyIsCheckedBeforeAnythingIsDoneWithIt() {
    jira.asked();
    for (String key : List.of("../../etc", "SUP-3/remotelink", "sup-3", "SUP-3\\n", "SUP-", "SUP-1234567890123", "SÜP-3", "A".repeat(33) + "-1", "")) {
      ConnectorException refused = assertThrows(ConnectorException.class,
          () -> changes("{\"webhookEvent\": \"jira:issue_updated\", \"issue\": {\"id\": \"1\", \"key\": \"" + key + "\"}}"), key);
      assertEquals(ConnectorException.Kind.PERMANENT, refused.kind());
    }
    assertEquals(List.of(), jira.asked());
    assertEquals(Set.of("issues"), tables(changes("{\"webhookEvent\": \"x\", \"issue\": null, \"issue_key\": \"SUP-1\"}"), Upsert.class).stream()
        .filter("issues"::equals).collect(Collectors.toSet()));
  }

  @Test
  void whatIsNoEventIsRefused() {
    for (String body : List.of("", "nonsense", "[1]", "{\"issue\": ", "{\"webhookEvent\": \"jira:issue_updated\"}", "[".repeat(100_000))) {
      assertEquals(ConnectorException.Kind.PERMANENT, assertThrows(ConnectorException.class, () -> changes(body)).kind());
    }
    assertEquals(List.of(), changes("{\"webhookEvent\": \"project_created\", \"project\": {\"key\": \"X\"}}"));
  }

  @Test
  void aLinkConcernsBothOfItsEnds() {
    long one = site.find("SUP-1").id;
    long other = site.find("SUP-2").id;
    List<Change> changes = changes("{\"webhookEvent\": \"issuelink_created\", \"issueLink\": {\"sourceIssueId\": " + one + ", \"destinationIssueId\": "
        + other + "}}");
    assertEquals(2, changes.stream().filter(change -> change instanceof Upsert && change.table().equals("issues")).count());
  }

  /** J28: rows go by the issue, not by a key that it had once. */
  @Test
  void anIssueThatWasMovedTakesItsRowsAlong() {
    String moved = site.move("SUP-3", "OPS");
    List<Change> changes = changes(jira.event("jira:issue_updated", moved));
    assertEquals(moved, value(changes, "comments", "issue_key"));
    assertTrue(changes.contains(new Delete("comments", Map.of("issue_key", "SUP-3"))));
    assertEquals(Set.of(), tables(changes(Map.of("projects", List.of("SUP")), jira.event("jira:issue_updated", moved)), Upsert.class));
  }
}
