package io.connectorkit.connector.jira;

import io.connectorkit.api.ConnectorException;
import io.connectorkit.api.Event;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** What webhooks say: which issue it is about, and little else that can be relied on. */
final class Events {

  /** Only these; a comment that is deleted is a change of its issue. */
  private static final Set<String> DELETED = Set.of("jira:issue_deleted", "issue_deleted");
  private static final List<String> OF_ISSUES = List.of("jira:issue_", "issue_", "comment_");

  private Events() {}

  /**
   * An issue that something happened to.
   *
   * @param name its key, or else its id
   * @param id empty if it is not told
   * @param issue as it came; null if that is not the whole issue
   */
  record Concerned(String name, String id, boolean deleted, Map<String, Object> issue) {}

  /**
   * The issues that an event is about.
   *
   * @throws ConnectorException if it is one of an issue and does not say which
   */
  static Stream<Concerned> concerned(Event event) {
    Map<String, Object> body = Json.parsed(event.body());
    String name = String.valueOf(body.get("webhookEvent"));
    Object key = body.get("issue") == null ? body.get("issue_key") : Json.at(body, "issue.key");
    if (key == null && body.get("issueLink") != null) {
      return Stream.of("issueLink.sourceIssueId", "issueLink.destinationIssueId").map(path -> String.valueOf(Json.at(body, path)))
          .filter(id -> Jira.ID.matcher(id).matches()).map(id -> new Concerned(id, id, false, null));
    }
    if (key == null && OF_ISSUES.stream().noneMatch(name::startsWith)) {
      return Stream.empty();
    }
    if (!(key instanceof String text && Jira.KEY.matcher(text).matches())) {
      throw ConnectorException.permanent("the event names no issue: its key is missing, or is not like ABC-123", null);
    }
    String id = String.valueOf(Json.at(body, "issue.id"));
    // Events of comments carry a part of the issue only.
    boolean whole = Json.at(body, "issue.fields.created") != null && Json.at(body, "issue.fields.updated") != null;
    return Stream.of(new Concerned(text, Jira.ID.matcher(id).matches() ? id : "", DELETED.contains(name), whole ? Json.object(body.get("issue")) : null));
  }
}
