package io.connectorkit.connector.jira;

import io.connectorkit.api.Changes;
import io.connectorkit.api.ConnectorException;
import io.connectorkit.connector.jira.Jira.Part;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Makes changes of issues, and asks for what does not come with them. Nothing is said about what is not known. Safe from any thread. */
final class Issues {

  /** The tables whose rows belong to an issue. */
  static final Set<String> TABLES = Set.of("issues", "comments", "attachments", "changelog", "issuelinks", "remote_links");

  private final Jira jira;
  private final Tables tables;
  private final Set<String> wanted;
  private final boolean whole;

  /**
   * For one walk or some events.
   *
   * @param wanted tables; what only others need is not asked for
   * @param whole whether all issues come: then there are no rows to take away
   */
  Issues(Jira jira, Tables tables, Set<String> wanted, boolean whole) {
    this.jira = jira;
    this.tables = tables;
    this.wanted = wanted;
    this.whole = whole;
  }

  /**
   * What is known of an issue.
   *
   * @param unknown why nothing is said of a table
   */
  record Known(Changes changes, Map<String, ConnectorException> unknown) {}

  /** An issue as it has just been read. */
  Known read(Map<String, Object> issue) {
    Known known = known(issue, true);
    return !known.unknown().isEmpty() && isGone(Jira.id(issue)) ? new Known(gone(Jira.id(issue), Jira.key(issue)), Map.of()) : known;
  }

  private boolean isGone(String id) {
    try {
      return jira.issue(id).isEmpty();
    } catch (ConnectorException e) {
      return false;
    }
  }

  /** An issue as it came with an event, while Jira does not answer. */
  Changes told(Map<String, Object> issue) {
    return known(issue, false).changes();
  }

  /** An issue that is no more. */
  Changes gone(String id, String key) {
    Changes changes = new Changes();
    if (!whole) {
      changes.delete("issues", id.isEmpty() ? Map.of("issue_key", key) : Map.of("issue_id", id)).delete("issuelinks", Map.of("linked_issue_key", key));
      forget(changes, key);
    }
    return changes;
  }

  private static void forget(Changes changes, String key) {
    TABLES.stream().filter(table -> !table.equals("issues")).forEach(table -> changes.delete(table, Map.of("issue_key", key)));
  }

  private Known known(Map<String, Object> issue, boolean ask) {
    String key = Jira.key(issue);
    Known known = new Known(new Changes(), new HashMap<>());
    if (!whole) {
      formerKeys(issue, key).forEach(former -> forget(known.changes(), former));
    }
    add(known, "comments", key, () -> list(issue, Part.COMMENTS, ask));
    add(known, "attachments", key, () -> field(issue, "attachment"));
    add(known, "changelog", key, () -> items(list(issue, Part.CHANGELOG, ask)));
    add(known, "issuelinks", key, () -> links(field(issue, "issuelinks")));
    add(known, "remote_links", key, () -> ask ? jira.remoteLinks(issue) : null);
    known.changes().upsert("issues", tables.row("issues", issue, Map.of("issue_url", jira.page(key))));
    return known;
  }

  /** Adds all rows of a table that an issue has; a supplier of null knows nothing. */
  private void add(Known known, String table, String key, Supplier<List<Map<String, Object>>> records) {
    if (!wanted.contains(table)) {
      return;
    }
    try {
      List<Map<String, Object>> all = records.get();
      if (all == null) {
        return;
      }
      if (!whole) {
        known.changes().delete(table, Map.of("issue_key", key));
      }
      all.forEach(record -> known.changes().upsert(table, tables.row(table, record, Map.of("issue_key", key, "direction", direction(record)))));
    } catch (ConnectorException e) {
      known.unknown().put(table, e);
    }
  }

  private List<Map<String, Object>> list(Map<String, Object> issue, Part part, boolean ask) {
    return Jira.embedded(issue, part).orElseGet(() -> ask ? jira.all(issue, part) : null);
  }

  private static List<Map<String, Object>> field(Map<String, Object> issue, String name) {
    Object list = Json.at(issue, "fields." + name);
    return list == null ? null : Json.objects(list);
  }

  /** One record for each item of an entry. */
  private static List<Map<String, Object>> items(List<Map<String, Object>> entries) {
    if (entries == null) {
      return null;
    }
    List<Map<String, Object>> items = new ArrayList<>();
    entries.forEach(entry -> Json.objects(entry.get("items")).forEach(item -> items.add(with(entry, "item", item))));
    return items;
  }

  /** Each with the issue at its other end. */
  private static List<Map<String, Object>> links(List<Map<String, Object>> links) {
    return links == null ? null : links.stream().filter(link -> !direction(link).isEmpty())
        .map(link -> with(link, "other", link.get(direction(link) + "Issue"))).toList();
  }

  private static String direction(Map<String, Object> link) {
    return Stream.of("inward", "outward").filter(end -> link.get(end + "Issue") != null).findFirst().orElse("");
  }

  private static Map<String, Object> with(Map<String, Object> record, String name, Object value) {
    Map<String, Object> more = new HashMap<>(record);
    more.put(name, value);
    return more;
  }

  /** The keys that an issue had before it was moved to another project. */
  private static Stream<String> formerKeys(Map<String, Object> issue, String key) {
    return Json.objects(Json.at(issue, "changelog.histories")).stream().flatMap(entry -> Json.objects(entry.get("items")).stream())
        .filter(item -> "Key".equals(item.get("field")) && item.get("fromString") instanceof String from && !from.equals(key))
        .map(item -> (String) item.get("fromString")).distinct();
  }
}
