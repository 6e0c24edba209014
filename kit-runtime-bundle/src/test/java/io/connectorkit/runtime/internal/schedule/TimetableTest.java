package io.connectorkit.runtime.internal.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.connectorkit.host.RunRecord;
import io.connectorkit.runtime.internal.config.Schedule;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TimetableTest {

  private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
  private static final Schedule QUARTERS = every(Duration.ofMinutes(15));
  private static final Schedule DAILY = new Schedule("daily 02:30", Optional.empty(), "30 2 * * *", ZoneOffset.UTC, Optional.of(Duration.ZERO));

  private final Timetable timetable = new Timetable();
  private final List<RunRecord> runs = new ArrayList<>();

  private static Schedule every(Duration interval) {
    return new Schedule("every " + interval, Optional.of(interval), "", ZoneOffset.UTC, Optional.of(Duration.ofMinutes(1)));
  }

  private static RunRecord run(Instant start, String trigger) {
    return new RunRecord(start.toString(), "shop", trigger, start, 1, RunRecord.Outcome.FAILED, "", List.of(), null);
  }

  private Instant due(Schedule schedule, Instant now) {
    return timetable.due("shop", schedule, runs, now);
  }

  /** As the scheduler does: looks at the times of day that are given, and tells when runs began. */
  private List<Instant> begun(Schedule schedule, Instant from, Instant to, Duration step) {
    List<Instant> begun = new ArrayList<>();
    for (Instant now = from; now.isBefore(to); now = now.plus(step)) {
      if (!due(schedule, now).isAfter(now)) {
        timetable.passed("shop", now);
        runs.add(run(now.plusMillis(3), Timetable.TRIGGER));
        begun.add(now);
      }
    }
    return begun;
  }

  @Test
  void theNextTimeCountsFromTheLastRunWhoeverBeganIt() {
    runs.add(run(NOON.minusSeconds(60), "capabilities"));
    Duration delay = QUARTERS.delay("shop");
    assertEquals(NOON.minusSeconds(60).plus(Duration.ofMinutes(15)).plus(delay), due(QUARTERS, NOON));
    runs.add(run(NOON.plusSeconds(5), "manual"));
    assertEquals(NOON.plusSeconds(5).plus(Duration.ofMinutes(15)).plus(delay), due(QUARTERS, NOON.plusSeconds(9)));
  }

  @Test
  void anIntervalDoesNotGrowByTheDelayEachTime() {
    runs.add(run(NOON, Timetable.TRIGGER));
    assertEquals(NOON.plus(Duration.ofMinutes(15)), due(QUARTERS, NOON.plusSeconds(9)));
  }

  @Test
  void withoutAnyRunTheTimeCountsFromTheFirstLook() {
    assertEquals(NOON.plus(Duration.ofMinutes(15)).plus(QUARTERS.delay("shop")), due(QUARTERS, NOON));
    assertEquals(due(QUARTERS, NOON), due(QUARTERS, NOON.plusSeconds(100)));
  }

  /** A week of holidays is 672 quarters of an hour. */
  @Test
  void whatWasMissedIsMadeUpForOnceAndAfterADelay() {
    runs.add(run(NOON.minus(Duration.ofDays(7)), Timetable.TRIGGER));
    List<Instant> begun = begun(QUARTERS, NOON, NOON.plus(Duration.ofMinutes(40)), Duration.ofSeconds(1));
    assertEquals(3, begun.size(), begun.toString());
    Duration late = Duration.between(NOON, begun.get(0));
    assertTrue(late.compareTo(QUARTERS.delay("shop")) >= 0 && late.compareTo(Duration.ofMinutes(1).plusSeconds(1)) <= 0, late.toString());
    assertEquals(15, Duration.between(begun.get(0), begun.get(1)).toMinutes());
    assertEquals(15, Duration.between(begun.get(1), begun.get(2)).toMinutes());
  }

  @Test
  void whatIsFreshIsNotExtractedAgainAfterARestart() {
    runs.add(run(NOON.minus(Duration.ofHours(9)), Timetable.TRIGGER));
    assertEquals(Instant.parse("2026-11-23T02:30:00Z"), due(DAILY, NOON));
  }

  @Test
  void aRunThatFailsIsTriedAtItsNextTimeAndNotSooner() {
    runs.add(run(NOON, Timetable.TRIGGER));
    assertEquals(List.of(), begun(DAILY, NOON, NOON.plus(Duration.ofHours(14)), Duration.ofSeconds(30)));
    assertEquals(1, begun(DAILY, NOON.plus(Duration.ofHours(14)), NOON.plus(Duration.ofHours(24)), Duration.ofSeconds(30)).size());
  }

  /** A run that could not even begin leaves no record. */
  @Test
  void aTimeThatCameToNothingIsPassedAllTheSame() {
    Instant due = due(QUARTERS, NOON);
    timetable.passed("shop", due);
    assertEquals(due.plus(Duration.ofMinutes(15)), due(QUARTERS, due));
  }

  @Test
  void aClockThatIsPutForwardCausesOneRunAndNoStorm() {
    runs.add(run(Instant.EPOCH.plusSeconds(10), "capabilities"));
    due(QUARTERS, Instant.EPOCH.plusSeconds(20));
    List<Instant> begun = begun(QUARTERS, NOON, NOON.plus(Duration.ofMinutes(31)), Duration.ofSeconds(10));
    assertEquals(3, begun.size(), begun.toString());
  }

  @Test
  void aClockThatIsPutBackCausesNeitherAStopNorAStorm() {
    runs.add(run(NOON.plus(Duration.ofDays(300)), Timetable.TRIGGER));
    due(QUARTERS, NOON.plus(Duration.ofDays(300)));
    timetable.passed("shop", NOON.plus(Duration.ofDays(300)));
    List<Instant> begun = begun(QUARTERS, NOON, NOON.plus(Duration.ofHours(1)), Duration.ofSeconds(10));
    assertTrue(begun.size() >= 3 && begun.size() <= 5, begun.toString());
  }

  @Test
  void aSmallCorrectionOfTheClockDoesNotRepeatARun() {
    runs.add(run(Instant.parse("2026-11-22T02:30:00.500Z"), Timetable.TRIGGER));
    assertEquals(Instant.parse("2026-11-23T02:30:00Z"), due(DAILY, Instant.parse("2026-11-22T02:29:58Z")));
  }

  @Test
  void aNewScheduleCountsFromTheSameRun() {
    runs.add(run(NOON.minusSeconds(600), "manual"));
    assertTrue(due(DAILY, NOON).isAfter(NOON.plusSeconds(3600)));
    assertFalse(due(every(Duration.ofMinutes(11)), NOON).isAfter(NOON.plusSeconds(120)));
  }
}
