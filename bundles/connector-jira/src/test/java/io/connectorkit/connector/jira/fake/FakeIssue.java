package io.connectorkit.connector.jira.fake;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** An issue as its users see it. What JSON and what rows it makes, {@link IssueJson} and {@link ExpectedRows} say apart from each other. */
public final class FakeIssue {

  /** Somebody. */
  public record Person(String email, String name) {}

  /** Text, and under it where it leads; null for no link. */
  public record Piece(String text, String href) {}

  /**
   * A comment.
   *
   * @param shown whether customers see it; null if Jira does not say so
   */
  public record Comment(long id, Person author, String text, Instant created, Instant updated, Boolean shown) {}

  /** A file. */
  public record Attachment(long id, String name, long size, String type, Person author, Instant created) {}

  /** A change of one field. */
  public record Item(String field, String type, String from, String to) {}

  /** What was changed at once. */
  public record History(long id, Person author, Instant created, List<Item> items) {}

  /** One end of a link between issues. */
  public record Link(long id, String type, boolean inward, FakeIssue other) {}

  /** A link to somewhere else. */
  public record RemoteLink(long id, String url, String title, String application) {}

  public final long id;
  public final Instant created;
  public String key;
  public String summary;
  public List<Piece> description = List.of();
  public String type = "Bug";
  public String status = "To Do";
  public String category = "To Do";
  public String priority = "High";
  public String resolution;
  public Instant resolved;
  public LocalDate due;
  public Person creator;
  public Person reporter;
  public Person assignee;
  public List<String> labels = List.of();
  public List<String> triage = List.of();
  public List<String> participants = List.of();
  public Map<Long, String> organizations = Map.of();
  public String severity;
  public Long satisfaction;
  public Object configurationItem;
  public String context;
  public String customUrl;
  /** Fields beyond those by id. */
  public final Map<String, Object> further = new TreeMap<>();
  public final List<Comment> comments = new ArrayList<>();
  public final List<Attachment> attachments = new ArrayList<>();
  public final List<History> histories = new ArrayList<>();
  public final List<Link> links = new ArrayList<>();
  public final List<RemoteLink> remoteLinks = new ArrayList<>();
  /** All times at which it was changed, in order. */
  final List<Instant> updates = new ArrayList<>();

  FakeIssue(long id, String key, Instant created) {
    this.id = id;
    this.key = key;
    this.created = created;
    updates.add(created);
  }

  Instant updated() {
    return updates.get(updates.size() - 1);
  }

  /** When it was changed last, as the index of a search knows that has seen everything until then; its creation if it was later. */
  Instant updatedUntil(Instant time) {
    Instant last = created;
    for (Instant each : updates) {
      last = each.isAfter(time) ? last : each;
    }
    return last;
  }

  String project() {
    return key.substring(0, key.indexOf('-'));
  }
}
