package io.connectorkit.runtime.internal.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.connectorkit.declaration.OptionReader;
import io.connectorkit.declaration.Problems;
import io.connectorkit.declaration.SafeYaml;
import io.connectorkit.declaration.YamlValue;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ScheduleTest {

  private static Problems problems = new Problems("x");

  private static Schedule schedule(String yaml) {
    problems = new Problems("x");
    YamlValue document = SafeYaml.read(new ByteArrayInputStream(("schedule: " + yaml).getBytes(StandardCharsets.UTF_8)), problems);
    return Schedule.read(new OptionReader(problems, "", document)).orElse(null);
  }

  private static Schedule berlin(String at) {
    Schedule schedule = schedule("{at: '" + at + "', zone: Europe/Berlin}");
    assertEquals(List.of(), problems.lines());
    return schedule;
  }

  private static List<String> next(Schedule schedule, String after, int count) {
    List<String> times = new ArrayList<>();
    Instant time = Instant.parse(after);
    for (int i = 0; i < count; i++) {
      time = schedule.next(time);
      times.add(time.toString());
      // A run starts a little late, and the next time is counted from there.
      time = time.plusSeconds(40);
    }
    return times;
  }

  @Test
  void eachFormSaysWhenTheNextTimeIs() {
    assertEquals(Instant.parse("2026-11-22T10:22:30Z"), schedule("every 15m").next(Instant.parse("2026-11-22T10:07:30Z")));
    assertEquals(List.of("2026-11-22T11:00:00Z", "2026-11-22T12:00:00Z"), next(berlin("hourly"), "2026-11-22T10:07:30Z", 2));
    assertEquals(List.of("2026-11-23T01:30:00Z", "2026-11-24T01:30:00Z"), next(berlin("daily 02:30"), "2026-11-22T10:07:30Z", 2));
    assertEquals(List.of("2026-11-23T01:30:00Z", "2026-11-30T01:30:00Z"), next(berlin("Weekly  MON 2:30"), "2026-11-22T10:07:30Z", 2));
    assertEquals(List.of("2026-11-23T05:00:00Z", "2026-11-24T05:00:00Z"), next(berlin("0 6 * * mon-fri"), "2026-11-21T10:00:00Z", 2));
    assertEquals(List.of("2026-11-30T23:00:00Z", "2026-12-06T23:00:00Z"), next(berlin("0 0 1 * 1"), "2026-11-29T23:30:00Z", 2));
    assertEquals(ZoneId.systemDefault(), schedule("daily 02:30").zone());
  }

  /** On this day the clock goes from 02:00 to 03:00, and half past two does not come. */
  @Test
  void aTimeThatTheClockJumpsOverComesOnce() {
    assertEquals(List.of("2026-03-28T01:30:00Z", "2026-03-29T01:30:00Z", "2026-03-30T00:30:00Z"),
        next(berlin("daily 02:30"), "2026-03-27T12:00:00Z", 3));
    assertEquals(List.of("2026-03-29T00:45:00Z", "2026-03-29T01:00:00Z", "2026-03-29T01:15:00Z"),
        next(berlin("*/15 * * * *"), "2026-03-29T00:30:10Z", 3));
  }

  /** On this day the clock goes from 03:00 back to 02:00, and half past two comes twice. */
  @Test
  void aTimeThatTheClockShowsTwiceComesOnce() {
    assertEquals(List.of("2026-10-24T00:30:00Z", "2026-10-25T00:30:00Z", "2026-10-26T01:30:00Z"),
        next(berlin("daily 02:30"), "2026-10-23T12:00:00Z", 3));
    assertEquals(List.of("2026-10-25T00:00:00Z", "2026-10-25T01:00:00Z", "2026-10-25T02:00:00Z"),
        next(berlin("hourly"), "2026-10-24T23:30:00Z", 3));
    assertEquals(List.of("2026-10-26T01:30:00Z"), next(berlin("daily 02:30"), "2026-10-25T01:10:00Z", 1));
  }

  @Test
  void theDelayOfAnInstanceIsAlwaysTheSameAndBounded() {
    Schedule minutes = schedule("every 5m");
    List<Duration> delays = IntStream.range(0, 200).mapToObj(i -> minutes.delay("shop" + i)).toList();
    assertTrue(delays.stream().allMatch(delay -> !delay.isNegative() && delay.compareTo(Duration.ofSeconds(30)) < 0));
    assertTrue(delays.stream().filter(delay -> delay.compareTo(Duration.ofSeconds(15)) < 0).count() > 60, "they are spread");
    assertEquals(minutes.delay("shop1"), minutes.delay("shop1"));
    assertNotEquals(minutes.delay("shop1"), minutes.delay("shop2"));
    assertTrue(schedule("daily 02:30").delay("shop7").compareTo(Duration.ofMinutes(1)) < 0);
    assertEquals(Duration.ZERO, schedule("{at: hourly, jitter: 0s}").delay("shop1"));
    assertTrue(IntStream.range(0, 50).anyMatch(i -> schedule("{at: daily 02:30, jitter: 2h}").delay("s" + i).compareTo(Duration.ofHours(1)) > 0));
  }

  @Test
  void whatIsNoScheduleIsNamedWithTheRule() {
    for (String[] wrong : new String[][] {{"every 15", "must be such as 'every 15m'"}, {"every 0s", "a second or more"}, {"daily 25:00", "must be such as"},
        {"weekly monday 02:30", "must be such as"}, {"'60 * * * *'", "not in range [0, 59]"}, {"'* * * *'", "must be such as"},
        {"'0 0 30 2 *'", "never comes"}, {"'0 0 ? * *'", "Invalid"}, {"15", "must be such as"}, {"{zone: UTC}", "'schedule.at' is missing"},
        {"[hourly]", "'schedule' is a list and must be a mapping"}, {"{at: hourly, zone: Europe/Berln}", "did you mean 'Europe/Berlin'?"},
        {"{at: hourly, jitter: 1h}", "jitter must be shorter"}, {"{at: hourly, jiter: 1m}", "did you mean 'jitter'?"}}) {
      schedule(wrong[0]);
      assertTrue(problems.lines().toString().contains("x, line 1: ") && problems.lines().get(0).contains(wrong[1]), wrong[0] + ": " + problems.lines());
    }
  }
}
