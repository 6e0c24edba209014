package io.connectorkit.runtime.internal.config;

import io.connectorkit.declaration.Durations;
import io.connectorkit.declaration.Nearest;
import io.connectorkit.declaration.OptionReader;
import io.connectorkit.declaration.Problems;
import io.connectorkit.declaration.YamlValue;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32;

/**
 * When an instance is extracted by itself.
 *
 * @param text as the operator wrote it
 * @param interval from one run to the next; empty if the calendar says when
 * @param cron expression of five fields; empty if there is an interval
 * @param zone of the calendar
 * @param jitter the greatest delay; empty for a tenth of the time between two runs, at most a minute
 */
public record Schedule(String text, Optional<Duration> interval, String cron, ZoneId zone, Optional<Duration> jitter) {

  private static final String CODE = "KIT-2016";
  private static final String RULE = "must be such as 'every 15m', 'hourly', 'daily 02:30', 'weekly mon 02:30', or a cron expression of five fields";
  private static final Pattern EVERY = Pattern.compile("every (" + Durations.PATTERN + ")");
  private static final Pattern CALENDAR =
      Pattern.compile("(?:daily|weekly (mon|tue|wed|thu|fri|sat|sun)) ([01]?[0-9]|2[0-3]):([0-5][0-9])");
  private static final Pattern CRON = Pattern.compile("\\S+( \\S+){4}");
  private static final Duration LONGEST_JITTER = Duration.ofMinutes(1);

  /** The key {@code schedule} of a file: a text, or a mapping with {@code at}, {@code zone} and {@code jitter}. */
  static Optional<Schedule> read(OptionReader file) {
    Optional<YamlValue> value = file.find("schedule");
    if (value.isEmpty()) {
      return Optional.empty();
    }
    if (value.get().scalar()) {
      return of(file, value.get(), ZoneId.systemDefault(), Optional.empty());
    }
    OptionReader form = file.section("schedule").only(Set.of("at", "zone", "jitter"));
    Optional<ZoneId> zone = form.find("zone").isEmpty() ? Optional.of(ZoneId.systemDefault()) : zone(form);
    Optional<Duration> jitter = form.duration("jitter");
    if (form.find("at").filter(YamlValue::scalar).isEmpty()) {
      file.problems().add(CODE, value.get().line(), "'schedule.at' is missing and " + RULE);
      return Optional.empty();
    }
    return of(file, form.find("at").get(), zone.orElse(ZoneId.systemDefault()), jitter);
  }

  private static Optional<ZoneId> zone(OptionReader form) {
    YamlValue zone = form.find("zone").get();
    try {
      return Optional.of(ZoneId.of(zone.text()));
    } catch (DateTimeException e) {
      form.problems().add(CODE, zone.line(), "'schedule.zone' is " + Problems.quoted(zone.text()) + " and must be a time zone such as Europe/Berlin"
          + Nearest.to(zone.text(), ZoneId.getAvailableZoneIds()).map(near -> "; did you mean '" + near + "'?").orElse(""));
      return Optional.empty();
    }
  }

  private static Optional<Schedule> of(OptionReader file, YamlValue at, ZoneId zone, Optional<Duration> jitter) {
    String text = at.text().strip().replaceAll("\\s+", " ");
    try {
      Schedule schedule = parse(text, zone, jitter);
      Duration spacing = schedule.spacing();
      if (jitter.isPresent() && jitter.get().compareTo(spacing) >= 0) {
        throw new IllegalArgumentException("its jitter must be shorter than the time between two runs, " + spacing);
      }
      return Optional.of(schedule);
    } catch (IllegalArgumentException e) {
      file.problems().add(CODE, at.line(), "schedule " + Problems.quoted(text) + " " + e.getMessage().replaceAll("\\s+", " "));
      return Optional.empty();
    }
  }

  private static Schedule parse(String text, ZoneId zone, Optional<Duration> jitter) {
    String lower = text.toLowerCase(Locale.ROOT);
    Matcher every = EVERY.matcher(lower);
    if (every.matches()) {
      Duration interval = Durations.of(every.group(1));
      if (interval.isZero()) {
        throw new IllegalArgumentException("must have a second or more between two runs");
      }
      return new Schedule(text, Optional.of(interval), "", zone, jitter);
    }
    Matcher calendar = CALENDAR.matcher(lower);
    if (calendar.matches()) {
      String day = calendar.group(1) == null ? "*" : calendar.group(1);
      String cron = Integer.parseInt(calendar.group(3)) + " " + Integer.parseInt(calendar.group(2)) + " * * " + day;
      return new Schedule(text, Optional.empty(), cron, zone, jitter);
    }
    if (lower.equals("hourly")) {
      return new Schedule(text, Optional.empty(), "0 * * * *", zone, jitter);
    }
    if (!CRON.matcher(lower).matches()) {
      throw new IllegalArgumentException(RULE);
    }
    return new Schedule(text, Optional.empty(), lower, zone, jitter);
  }

  /** The first time after another one, without jitter. */
  public Instant next(Instant after) {
    return interval.map(after::plus).or(() -> Cron.next(cron, zone, after))
        .orElseThrow(() -> new IllegalArgumentException("never comes: there is no such day"));
  }

  private Duration spacing() {
    Instant first = next(Instant.EPOCH);
    return Duration.between(first, next(first));
  }

  /** By how much an instance is later than its schedule says: always the same, and another one for each, so that they do not start all at once. */
  public Duration delay(String instance) {
    Duration tenth = spacing().dividedBy(10);
    Duration longest = jitter.orElse(tenth.compareTo(LONGEST_JITTER) < 0 ? tenth : LONGEST_JITTER);
    CRC32 hash = new CRC32();
    hash.update(instance.getBytes(StandardCharsets.UTF_8));
    return Duration.ofMillis(Math.round(longest.toMillis() * (hash.getValue() / (double) (1L << 32))));
  }
}
