package io.connectorkit.connector.jira.fake;

import io.connectorkit.connector.jira.fake.FakeIssue.Attachment;
import io.connectorkit.connector.jira.fake.FakeIssue.Comment;
import io.connectorkit.connector.jira.fake.FakeIssue.History;
import io.connectorkit.connector.jira.fake.FakeIssue.Item;
import io.connectorkit.connector.jira.fake.FakeIssue.Link;
import io.connectorkit.connector.jira.fake.FakeIssue.Person;
import io.connectorkit.connector.jira.fake.FakeIssue.Piece;
import io.connectorkit.connector.jira.fake.FakeIssue.RemoteLink;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The rows that a site's data are: for each table the values of its columns in order, as text, times in milliseconds since 1970. */
public final class ExpectedRows {

  /** The tables, each with its columns in order. */
  public static final Map<String, List<String>> COLUMNS = Map.of(
      "issues", columns("issue_key issue_id issue_url summary description issue_type status status_category priority resolution project_key"
          + " project_name creator_email creator_name reporter_email reporter_name assignee_email assignee_name created_at updated_at resolved_at"
          + " due_date labels attachment_count comment_count issuelink_count request_type request_status severity triage configuration_item"
          + " participants organizations organization_ids spam context custom_url slack_link technical_issue_category email_address satisfaction"
          + " l3_team _synced_at _raw_file"),
      "comments", columns("comment_id issue_key author_email author_name body created_at updated_at update_author_email public_visibility"),
      "attachments", columns("attachment_id issue_key filename local_path hierarchical_path size_bytes mime_type author_email created_at"
          + " content_url thumbnail_url"),
      "changelog", columns("change_id issue_key author_email author_name field_name field_type from_value to_value changed_at"),
      "issuelinks", columns("issue_key link_id link_type direction linked_issue_key linked_issue_summary linked_issue_status linked_issue_priority"),
      "remote_links", columns("issue_key remote_link_id url title application_name application_type"),
      "organizations", columns("org_id name _synced_at"));

  private final FakeSite site;
  private final String url;

  ExpectedRows(FakeSite site, String url) {
    this.site = site;
    this.url = url;
  }

  private static List<String> columns(String names) {
    return List.of(names.split(" "));
  }

  /** All rows of a table, in any order. */
  public List<List<String>> of(String table) {
    List<List<String>> rows = new ArrayList<>();
    if (table.equals("organizations")) {
      site.organizations().forEach((id, name) -> rows.add(row(id, name, null)));
    }
    for (FakeIssue issue : site.issues()) {
      switch (table) {
        case "issues" -> rows.add(issue(issue));
        case "comments" -> issue.comments.forEach(comment -> rows.add(comment(issue, comment)));
        case "attachments" -> issue.attachments.forEach(file -> rows.add(attachment(issue, file)));
        case "changelog" -> issue.histories.forEach(entry -> entry.items().forEach(item -> rows.add(change(issue, entry, item))));
        case "issuelinks" -> issue.links.forEach(link -> rows.add(link(issue, link)));
        case "remote_links" -> issue.remoteLinks.forEach(link -> rows.add(remoteLink(issue, link)));
        default -> { }
      }
    }
    return rows;
  }

  private static List<String> row(Object... values) {
    return Arrays.stream(values).map(value -> value instanceof Instant time ? String.valueOf(time.toEpochMilli()) : value == null ? null
        : String.valueOf(value)).collect(Collectors.toCollection(ArrayList::new));
  }

  private List<String> issue(FakeIssue issue) {
    boolean bug = issue.type.equals("Bug");
    return row(issue.key, issue.id, url + "/browse/" + issue.key, issue.summary, text(issue.description), issue.type, issue.status, issue.category,
        issue.priority, issue.resolution, issue.project(), "Project " + issue.project(), email(issue.creator), name(issue.creator), email(issue.reporter),
        name(issue.reporter), email(issue.assignee), name(issue.assignee), issue.created, issue.updated(), issue.resolved, issue.due, array(issue.labels),
        issue.attachments.size(), issue.comments.size(), issue.links.size(), bug ? "Report" : null, bug ? "Open" : null, issue.severity,
        array(issue.triage), issue.configurationItem == null ? "[]" : "[{\"id\": \"ci:" + issue.configurationItem.toString().replaceAll("\\D", "") + "\"}]",
        array(issue.participants), array(List.copyOf(issue.organizations.values())), array(issue.organizations.keySet().stream().map(String::valueOf).toList()),
        null, issue.context, issue.customUrl, null, null, null, issue.satisfaction, null, null, null);
  }

  private static List<String> comment(FakeIssue issue, Comment comment) {
    return row(comment.id(), issue.key, email(comment.author()), name(comment.author()), comment.text(), comment.created(), comment.updated(),
        email(comment.author()), comment.shown());
  }

  private List<String> attachment(FakeIssue issue, Attachment file) {
    return row(file.id(), issue.key, file.name(), null, null, file.size(), file.type(), email(file.author()), file.created(),
        url + "/rest/api/3/attachment/content/" + file.id(), null);
  }

  private static List<String> change(FakeIssue issue, History entry, Item item) {
    return row(entry.id(), issue.key, email(entry.author()), name(entry.author()), item.field(), item.type(), item.from(), item.to(), entry.created());
  }

  private static List<String> link(FakeIssue issue, Link link) {
    return row(issue.key, link.id(), link.type(), link.inward() ? "inward" : "outward", link.other().key, link.other().summary, link.other().status,
        link.other().priority);
  }

  private static List<String> remoteLink(FakeIssue issue, RemoteLink link) {
    return row(issue.key, link.id(), link.url(), link.title(), link.application(), link.application() == null ? null : "com.atlassian.confluence");
  }

  private static String email(Person person) {
    return person == null ? null : person.email();
  }

  private static String name(Person person) {
    return person == null ? null : person.name();
  }

  private static String text(List<Piece> pieces) {
    return pieces == null ? null : pieces.stream().map(piece -> piece.href() == null || piece.href().endsWith("://" + piece.text()) ? piece.text()
        : piece.text() + " (" + piece.href().replace("s3cret", "REDACTED") + ")").collect(Collectors.joining(" "));
  }

  private static String array(List<String> values) {
    return values.stream().map(value -> "\"" + value.chars().mapToObj(c -> c < 128 ? String.valueOf((char) c) : String.format("\\u%04x", c))
        .collect(Collectors.joining()) + "\"").collect(Collectors.joining(", ", "[", "]"));
  }
}
