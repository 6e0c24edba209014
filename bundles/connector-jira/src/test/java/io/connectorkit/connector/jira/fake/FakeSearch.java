package io.connectorkit.connector.jira.fake;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The part of JQL that is asked for.
 *
 * @param zone of the account, in which JQL has its times
 * @param lag how far the index is behind
 */
record FakeSearch(FakeSite site, ZoneId zone, Duration lag) {

  private static final Pattern PROJECTS = Pattern.compile("project in \\(((?:\"[A-Z]+\"(?:, )?)+)\\)");
  private static final Pattern SINCE = Pattern.compile("updated >= \"(\\d{4}-\\d\\d-\\d\\d) (\\d\\d:\\d\\d)\"");
  private static final Pattern TYPE = Pattern.compile("\\(issuetype = \"?(\\w+)\"?\\)");

  /** A query that Jira refuses. */
  static final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Refused(String reason) {
      super(reason);
    }
  }

  List<FakeIssue> find(String jql) {
    String[] parts = jql.split(" ORDER BY ");
    if (parts.length != 2 || !parts[1].equals("created ASC, key ASC")) {
      throw new Refused("an order is needed that does not change");
    }
    Stream<FakeIssue> found = site.issues().stream();
    for (String condition : parts[0].split(" AND ")) {
      found = where(found, condition);
    }
    return found.sorted(Comparator.comparing((FakeIssue issue) -> issue.created).thenComparing(issue -> issue.key)).toList();
  }

  private Stream<FakeIssue> where(Stream<FakeIssue> issues, String condition) {
    Matcher projects = PROJECTS.matcher(condition);
    Matcher since = SINCE.matcher(condition);
    Matcher type = TYPE.matcher(condition);
    if (projects.matches()) {
      return issues.filter(issue -> projects.group(1).contains("\"" + issue.project() + "\""));
    }
    if (type.matches()) {
      return issues.filter(issue -> issue.type.equals(type.group(1)));
    }
    if (since.matches()) {
      Instant from = instant(LocalDateTime.parse(since.group(1) + "T" + since.group(2)));
      Instant indexed = site.now().minus(lag);
      return issues.filter(issue -> !issue.updatedUntil(indexed).isBefore(from));
    }
    throw new Refused("'" + condition + "' cannot be understood");
  }

  /** Of the two that a time may mean where clocks are put back, the later one. */
  private Instant instant(LocalDateTime time) {
    return zone.getRules().getValidOffsets(time).stream().map(time::toInstant).max(Comparator.naturalOrder()).orElseGet(() -> time.atZone(zone).toInstant());
  }
}
