package io.connectorkit.runtime.internal.schedule;

import io.connectorkit.host.RunRecord;
import io.connectorkit.runtime.internal.config.Schedule;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * When each instance is due: at the first time of its schedule after its last run, however that one began and ended. Asked again and again with
 * what the clock on the wall says, which may jump: what it calls the future cannot have been.
 */
final class Timetable {

  /** Trigger of the runs that come from here. */
  static final String TRIGGER = "schedule";

  private static final Duration JUMP = Duration.ofMinutes(1);

  /** What is known of an instance: since when, and when its time came last in this process. */
  private static final class Known {
    private Instant since;
    private Instant attempt = Instant.MIN;
    private Before answeredFor;
    private Schedule answeredBy;
    private Instant answer;
  }

  /**
   * What a due time is counted from.
   *
   * @param scheduled whether it was itself due by the schedule
   */
  private record Before(Instant start, boolean scheduled) {}

  private final Map<String, Known> instances = new HashMap<>();

  /**
   * When the instance is due, which may have passed. A time that was missed while nobody asked is made up for once.
   *
   * @param runs of the instance, in any order
   */
  synchronized Instant due(String instance, Schedule schedule, List<RunRecord> runs, Instant now) {
    Known known = instances.computeIfAbsent(instance, ignored -> new Known());
    if (known.since == null || future(known.since, now)) {
      known.since = now;
    }
    Before before = Stream.concat(runs.stream().map(run -> new Before(run.startedAt(), run.trigger().equals(TRIGGER))),
            Stream.of(new Before(known.attempt, true)).filter(attempt -> !attempt.start().equals(Instant.MIN)))
        .filter(each -> !future(each.start(), now)).max(Comparator.comparing(Before::start)).orElse(new Before(known.since, false));
    if (!before.equals(known.answeredFor) || !schedule.equals(known.answeredBy)) {
      known.answeredFor = before;
      known.answeredBy = schedule;
      known.answer = due(instance, schedule, before, known.since);
    }
    return known.answer;
  }

  private static boolean future(Instant time, Instant now) {
    return time.isAfter(now.plus(JUMP));
  }

  private static Instant due(String instance, Schedule schedule, Before before, Instant since) {
    Instant next = schedule.next(before.start());
    if (next.isBefore(since)) {
      return since.plus(schedule.delay(instance));
    }
    // An interval is counted from the last start, which was late by the delay already.
    boolean delayed = before.scheduled() && schedule.interval().isPresent();
    return delayed ? next : next.plus(schedule.delay(instance));
  }

  /** The time of an instance has come, whether a run began or not: its next one is counted from here. */
  synchronized void passed(String instance, Instant now) {
    instances.get(instance).attempt = now;
  }

  /** Forgets all other instances; one that comes back is caught up on. */
  synchronized void retain(Collection<String> names) {
    instances.keySet().retainAll(names);
  }
}
