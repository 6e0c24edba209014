package io.connectorkit.connector.jira.fake;

import io.connectorkit.connector.jira.fake.FakeIssue.Attachment;
import io.connectorkit.connector.jira.fake.FakeIssue.Comment;
import io.connectorkit.connector.jira.fake.FakeIssue.History;
import io.connectorkit.connector.jira.fake.FakeIssue.Person;
import io.connectorkit.connector.jira.fake.FakeIssue.Piece;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The JSON that Jira makes of an issue.
 *
 * @param zone of the account, in which times are given
 * @param embeds most comments, and most entries of the history, that come with an issue: the newest ones
 */
record IssueJson(String url, ZoneId zone, int embeds) {

  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSxx");

  String time(Instant instant) {
    return instant == null ? null : TIME.withZone(zone).format(instant);
  }

  /** An object, some of whose values may be null. */
  static Map<String, Object> object(Object... pairs) {
    Map<String, Object> object = new LinkedHashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      object.put((String) pairs[i], pairs[i + 1]);
    }
    return object;
  }

  private static Map<String, Object> named(String name) {
    return name == null ? null : object("id", "1", "name", name);
  }

  private static Map<String, Object> choice(String value) {
    return value == null ? null : object("id", "10", "value", value);
  }

  private static Map<String, Object> person(Person person) {
    if (person == null) {
      return null;
    }
    Map<String, Object> json = object("accountId", "557058:" + person.name().hashCode(), "displayName", person.name(), "active", true);
    if (person.email() != null) {
      json.put("emailAddress", person.email());
    }
    return json;
  }

  private static Map<String, Object> document(List<Piece> pieces) {
    return pieces == null ? null : object("type", "doc", "version", 1, "content", List.of(object("type", "paragraph", "content", pieces.stream()
        .map(piece -> piece.href() == null ? object("type", "text", "text", piece.text()) : object("type", "text", "text", piece.text(),
            "marks", List.of(object("type", "link", "attrs", object("href", piece.href()))))).toList())));
  }

  private static Map<String, Object> document(String text) {
    return text == null ? null : document(List.of(new Piece(text, null)));
  }

  /** The newest of a list, and how many there are. */
  private static Map<String, Object> embed(String name, List<?> newestFirst, int most) {
    List<?> some = newestFirst.subList(0, Math.min(most, newestFirst.size()));
    return object("startAt", 0, "maxResults", most, "total", newestFirst.size(), name, some);
  }

  private static <T> List<T> reversed(List<T> list) {
    List<T> reversed = new ArrayList<>(list);
    Collections.reverse(reversed);
    return reversed;
  }

  /** As search and the issue's own address give it. */
  Map<String, Object> issue(FakeIssue issue) {
    Map<String, Object> json = object("id", String.valueOf(issue.id), "key", issue.key, "self", url + "/rest/api/3/issue/" + issue.id);
    json.put("changelog", embed("histories", reversed(issue.histories).stream().map(this::history).toList(), embeds));
    Map<String, Object> fields = fields(issue);
    fields.put("description", document(issue.description));
    fields.put("comment", embed("comments", reversed(issue.comments).stream().map(this::comment).toList(), embeds));
    json.put("fields", fields);
    return json;
  }

  /** As an event of the issue has it: of version 2 of the API, and without comments and history. */
  Map<String, Object> told(FakeIssue issue) {
    Map<String, Object> fields = fields(issue);
    fields.put("description", issue.description == null ? null : "Look at [this|https://example.com/?token=s3cret]");
    return object("id", String.valueOf(issue.id), "key", issue.key, "fields", fields);
  }

  /** As an event of a comment has it. */
  Map<String, Object> mentioned(FakeIssue issue) {
    return object("id", String.valueOf(issue.id), "key", issue.key, "fields", object("summary", issue.summary, "issuetype", named(issue.type),
        "project", object("key", issue.project()), "status", named(issue.status), "priority", named(issue.priority)));
  }

  private Map<String, Object> fields(FakeIssue issue) {
    Map<String, Object> fields = object("summary", issue.summary, "issuetype", named(issue.type), "priority", named(issue.priority),
        "status", object("name", issue.status, "statusCategory", named(issue.category)), "resolution", named(issue.resolution),
        "project", object("id", "1", "key", issue.project(), "name", "Project " + issue.project()), "creator", person(issue.creator),
        "reporter", person(issue.reporter), "assignee", person(issue.assignee), "created", time(issue.created), "updated", time(issue.updated()),
        "resolutiondate", time(issue.resolved), "duedate", issue.due == null ? null : issue.due.toString(), "labels", issue.labels,
        "attachment", issue.attachments.stream().map(this::attachment).toList(),
        "issuelinks", issue.links.stream().map(link -> object("id", String.valueOf(link.id()), "type", named(link.type()),
            link.inward() ? "inwardIssue" : "outwardIssue", object("key", link.other().key, "fields", object("summary", link.other().summary,
                "status", named(link.other().status), "priority", named(link.other().priority))))).toList());
    fields.put("customfield_10004", choice(issue.severity));
    fields.put("customfield_10323", issue.triage.isEmpty() ? null : issue.triage.stream().map(IssueJson::choice).toList());
    fields.put("customfield_10156", issue.participants.stream().map(email -> object("emailAddress", email)).toList());
    fields.put("customfield_10002", issue.organizations.entrySet().stream().map(each -> object("id", String.valueOf(each.getKey()), "name", each.getValue()))
        .toList());
    fields.put("customfield_10157", issue.satisfaction == null ? null : object("rating", issue.satisfaction));
    fields.put("customfield_10511", issue.configurationItem);
    fields.put("customfield_10330", document(issue.context));
    fields.put("customfield_10325", issue.customUrl);
    fields.put("customfield_10010", issue.type.equals("Bug") ? object("requestType", named("Report"), "currentStatus", object("status", "Open")) : null);
    fields.putAll(issue.further);
    return fields;
  }

  Map<String, Object> comment(Comment comment) {
    Map<String, Object> json = object("id", String.valueOf(comment.id()), "author", person(comment.author()), "body", document(comment.text()),
        "updateAuthor", person(comment.author()), "created", time(comment.created()), "updated", time(comment.updated()));
    if (comment.shown() != null) {
      json.put("jsdPublic", comment.shown());
    }
    return json;
  }

  Map<String, Object> history(History history) {
    return object("id", String.valueOf(history.id()), "author", person(history.author()), "created", time(history.created()), "items", history.items().stream()
        .map(item -> object("field", item.field(), "fieldtype", item.type(), "fromString", item.from(), "toString", item.to())).toList());
  }

  private Map<String, Object> attachment(Attachment file) {
    return object("id", String.valueOf(file.id()), "filename", file.name(), "author", person(file.author()), "created", time(file.created()),
        "size", file.size(), "mimeType", file.type(), "content", url + "/rest/api/3/attachment/content/" + file.id());
  }

  List<Map<String, Object>> remoteLinks(FakeIssue issue) {
    return issue.remoteLinks.stream().map(link -> object("id", link.id(), "object", object("url", link.url(), "title", link.title()),
        "application", link.application() == null ? Map.of() : object("type", "com.atlassian.confluence", "name", link.application()))).toList();
  }
}
