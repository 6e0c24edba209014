package io.connectorkit.connector.jira;

import io.connectorkit.api.Settings;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The query for issues. */
final class Jql {

  /** Jira's index of issues is behind its data. */
  private static final Duration OVERLAP = Duration.ofMinutes(10);
  private static final DateTimeFormatter MINUTES = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm");
  /** Jira refuses queries that ask for everything. */
  private static final LocalDateTime EVER = LocalDateTime.of(1970, 1, 1, 0, 0);

  private Jql() {}

  /** All issues of an instance. */
  static String all(Settings settings) {
    return of(settings, EVER);
  }

  /** Those that have changed since then; JQL has its times in the account's zone, in minutes. */
  static String since(Settings settings, Instant instant, ZoneId zone) {
    LocalDateTime time = LocalDateTime.ofInstant(instant.minus(OVERLAP), zone).truncatedTo(ChronoUnit.MINUTES);
    // Where clocks are put back an hour comes twice, and JQL does not say which of the two is meant.
    boolean twice = zone.getRules().getValidOffsets(time).size() > 1;
    return of(settings, twice ? zone.getRules().getTransition(time).getDateTimeAfter().minusMinutes(1) : time);
  }

  private static String of(Settings settings, LocalDateTime since) {
    List<String> conditions = new ArrayList<>();
    if (!settings.list("projects").isEmpty()) {
      conditions.add("project in (" + settings.list("projects").stream().map(Jql::quoted).collect(Collectors.joining(", ")) + ")");
    }
    settings.find("jql").filter(jql -> !jql.isBlank()).ifPresent(jql -> conditions.add("(" + jql + ")"));
    conditions.add("updated >= " + quoted(MINUTES.format(since)));
    // By what never changes, so that no page shifts because of an update.
    return String.join(" AND ", conditions) + " ORDER BY created ASC, key ASC";
  }

  private static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
