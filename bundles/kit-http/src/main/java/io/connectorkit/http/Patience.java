package io.connectorkit.http;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/**
 * How long to wait before another try.
 *
 * @param first about how long the first time; each time it is about twice as long
 * @param longest but no longer than that
 */
record Patience(Duration first, Duration longest) {

  private static final Duration POLL = Duration.ofSeconds(10);

  static final Patience USUAL = new Patience(Duration.ofMillis(500), Duration.ofSeconds(30));
  static final Patience SHORT = new Patience(Duration.ofMillis(100), Duration.ofSeconds(6));

  /** Before the next try; spread, so that those who failed together do not come back together. */
  Duration before(int attempt) {
    long most = Math.min(longest.toNanos(), first.toNanos() << Math.min(attempt, 20));
    return Duration.ofNanos(most / 2 + ThreadLocalRandom.current().nextLong(most / 2 + 1));
  }

  /** Before the same is asked again that was not done yet: half as long again each time, from half of the first time on to ten seconds. */
  Duration poll(int times) {
    return Duration.ofNanos((long) Math.min(POLL.toNanos(), first.toNanos() / 2 * Math.pow(1.5, Math.min(times, 20))));
  }

  /** What a header {@code Retry-After} asks for, in seconds or as a date; empty if it cannot be read. */
  static Optional<Duration> asked(String header, Clock clock) {
    String text = header.strip();
    if (text.matches("\\d{1,9}")) {
      return Optional.of(Duration.ofSeconds(Long.parseLong(text)));
    }
    try {
      Duration until = Duration.between(clock.instant(), ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
      return Optional.of(until.isNegative() ? Duration.ZERO : until);
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
