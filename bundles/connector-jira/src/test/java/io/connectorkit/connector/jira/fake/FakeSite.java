package io.connectorkit.connector.jira.fake;

import io.connectorkit.connector.jira.fake.FakeIssue.Attachment;
import io.connectorkit.connector.jira.fake.FakeIssue.Comment;
import io.connectorkit.connector.jira.fake.FakeIssue.History;
import io.connectorkit.connector.jira.fake.FakeIssue.Item;
import io.connectorkit.connector.jira.fake.FakeIssue.Link;
import io.connectorkit.connector.jira.fake.FakeIssue.Person;
import io.connectorkit.connector.jira.fake.FakeIssue.Piece;
import io.connectorkit.connector.jira.fake.FakeIssue.RemoteLink;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** What a site of Jira has in it, with a clock of its own. Safe from any thread. */
public final class FakeSite {

  private static final List<Person> PEOPLE = List.of(new Person("ada@example.com", "Ada Løvelace"), new Person("bo@example.com", "Bo \"B\" Ek"),
      new Person(null, "Former user"));

  private final TreeMap<Long, FakeIssue> issues = new TreeMap<>();
  private final TreeMap<Long, String> organizations = new TreeMap<>(Map.of(1L, "Acme", 2L, "Ümlaut & Söhne"));
  private final Map<Long, Map<String, Object>> details = new TreeMap<>();
  private Instant now = Instant.parse("2026-03-28T22:00:00Z");
  private long next = 10_000;

  /** A site with so many issues, two hours apart, with all that issues can have. */
  public FakeSite(int count) {
    Instant created = now.minus(Duration.ofHours(2L * count));
    for (int i = 0; i < count; i++) {
      make(created.plus(Duration.ofHours(2L * i)).plusMillis(i % 1000), i);
    }
  }

  private FakeIssue make(Instant created, int number) {
    FakeIssue issue = new FakeIssue(next++, (number % 5 == 4 ? "OPS-" : "SUP-") + (number + 1), created);
    issue.summary = "Issue " + number + ": it's 100 % \"broken\"";
    issue.creator = PEOPLE.get(number % 3);
    issue.reporter = PEOPLE.get((number + 1) % 3);
    issue.assignee = number % 4 == 0 ? null : PEOPLE.get(number % 2);
    issue.description = number % 6 == 5 ? null : List.of(new Piece("Look\nat", null),
        new Piece("this page", "https://example.com/p?token=s3cret&page=" + number),
        new Piece("example.com/x", "https://example.com/x"));
    issue.labels = number % 2 == 0 ? List.of() : List.of("urgent", "größer");
    issue.severity = number % 3 == 0 ? null : "Severity " + number % 3;
    issue.triage = number % 3 == 1 ? List.of("A", "B, C") : List.of();
    issue.participants = number % 3 == 2 ? List.of("ada@example.com", "bo@example.com") : List.of();
    issue.organizations = number % 4 == 1 ? Map.of(2L, "Ümlaut & Söhne") : Map.of();
    issue.satisfaction = number % 5 == 3 ? (long) number % 6 : null;
    issue.configurationItem = number % 7 == 6 ? List.of(Map.of("id", "ci:" + number)) : null;
    issue.context = number % 8 == 7 ? "Context " + number : null;
    issue.customUrl = number % 8 == 6 ? "https://example.com/" + number : null;
    issue.due = number % 9 == 8 ? LocalDate.of(2026, 4, 1).plusDays(number % 100) : null;
    for (int i = 0; i < number % 3; i++) {
      comment(issue, "Comment " + i + " on " + number, created.plusSeconds(60L + i));
    }
    if (number % 4 == 2) {
      issue.attachments.add(new Attachment(next++, "log " + number + ".txt", 1000L * number, "text/plain", issue.creator, created.plusSeconds(30)));
    }
    if (number % 2 == 1) {
      issue.histories.add(new History(next++, PEOPLE.get(0), created.plusSeconds(90), List.of(new Item("status", "jira", "To Do", "In Progress"),
          new Item("labels", "jira", "", "urgent"), new Item("labels", "jira", "", "größer"))));
    }
    if (number % 10 == 9) {
      link(issue, issues.get(issues.lastKey()));
    }
    if (number % 3 == 0) {
      issue.remoteLinks.add(new RemoteLink(next++, "https://wiki.example.com/" + number, "Page " + number, number % 2 == 0 ? "Confluence" : null));
    }
    issue.updates.add(created.plusSeconds(120));
    issues.put(issue.id, issue);
    return issue;
  }

  private void comment(FakeIssue issue, String text, Instant time) {
    issue.comments.add(new Comment(next++, PEOPLE.get(issue.comments.size() % 3), text, time, time, issue.comments.size() % 3 == 2 ? null
        : Boolean.valueOf(issue.comments.size() % 3 == 0)));
  }

  private void link(FakeIssue one, FakeIssue other) {
    long id = next++;
    one.links.add(new Link(id, "Blocks", false, other));
    other.links.add(new Link(id, "Blocks", true, one));
  }

  /** The time by its clock. */
  public synchronized Instant now() {
    return now;
  }

  /** Lets time go by. */
  public synchronized void after(Duration time) {
    now = now.plus(time);
  }

  /** All issues, in the order of their creation. */
  public synchronized List<FakeIssue> issues() {
    return new ArrayList<>(issues.values());
  }

  /** Organizations by id. */
  public synchronized Map<Long, String> organizations() {
    return new TreeMap<>(organizations);
  }

  /** Adds or renames an organization; null takes it away. */
  public synchronized void organization(long id, String name) {
    if (name == null) {
      organizations.remove(id);
    } else {
      organizations.put(id, name);
    }
  }

  /** An issue by its key, present or former, or by its id; null if there is none. */
  public synchronized FakeIssue find(String name) {
    if (name.matches("\\d+")) {
      return issues.get(Long.valueOf(name));
    }
    Collection<FakeIssue> all = issues.values();
    return all.stream().filter(issue -> issue.key.equals(name)).findFirst()
        .or(() -> all.stream().filter(issue -> issue.histories.stream().flatMap(history -> history.items().stream())
            .anyMatch(item -> item.field().equals("Key") && item.from().equals(name))).findFirst()).orElse(null);
  }

  /** A new issue, created now. */
  public synchronized FakeIssue create() {
    return make(now, 1000 + 10 * issues.size());
  }

  /** Changes an issue now. */
  public synchronized void change(String key, Consumer<FakeIssue> change) {
    FakeIssue issue = find(key);
    change.accept(issue);
    issue.updates.add(now);
  }

  /** Comments on an issue now, so many times. */
  public synchronized void comment(String key, int times) {
    change(key, issue -> {
      for (int i = 0; i < times; i++) {
        comment(issue, "Comment " + next, now.plusMillis(i));
      }
    });
  }

  /** Changes a field of an issue so many times, each with an entry of its history. */
  public synchronized void history(String key, int times) {
    change(key, issue -> {
      for (int i = 0; i < times; i++) {
        issue.histories.add(new History(next++, PEOPLE.get(1), now.plusMillis(i), List.of(new Item("rank", "jira", String.valueOf(i), String.valueOf(i + 1)))));
      }
    });
  }

  /** Links two issues; both count as changed. */
  public synchronized void link(String one, String other) {
    link(find(one), find(other));
    change(one, issue -> { });
    change(other, issue -> { });
  }

  /** Moves an issue to another project, where it gets a new key. */
  public synchronized String move(String key, String project) {
    String moved = project + "-" + next++;
    change(key, issue -> {
      issue.histories.add(new History(next++, PEOPLE.get(0), now, List.of(new Item("Key", "jira", issue.key, moved))));
      issue.key = moved;
    });
    return moved;
  }

  /** Deletes an issue, and the links to it. */
  public synchronized void delete(String key) {
    FakeIssue gone = find(key);
    issues.remove(gone.id);
    issues.values().forEach(issue -> issue.links.removeIf(link -> link.other() == gone));
  }

  /** Details of an organization: by name a list of values, or one text. */
  public synchronized Map<String, Object> details(long id) {
    return details.getOrDefault(id, Map.of());
  }

  /** Sets a detail. */
  public synchronized void detail(long id, String name, Object value) {
    details.computeIfAbsent(id, each -> new TreeMap<>()).put(name, value);
  }
}
