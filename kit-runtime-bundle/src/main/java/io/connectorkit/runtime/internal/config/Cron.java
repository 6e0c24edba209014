package io.connectorkit.runtime.internal.config;

import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/** Cron expressions of five fields. In a class of its own, so that only who has one pays for the library. */
final class Cron {

  private Cron() {}

  /**
   * The first time after another one; empty if there is none. A time that the clock jumps over comes as much later as the clock jumps; one
   * that the clock shows twice counts once, unless the expression has it every hour.
   *
   * @throws IllegalArgumentException if it is no expression
   */
  static Optional<Instant> next(String expression, ZoneId zone, Instant after) {
    ExecutionTime times = ExecutionTime.forCron(new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.UNIX)).parse(expression));
    // Without a zone nothing is left out and nothing comes twice; java.time says when each of these times is.
    Optional<ZonedDateTime> local = times.nextExecution(after.atZone(zone).toLocalDateTime().atZone(ZoneOffset.UTC));
    while (local.isPresent() && !inZone(local.get(), zone).isAfter(after)) {
      local = times.nextExecution(local.get());
    }
    Optional<Instant> exact = everyHour(expression) ? times.nextExecution(after.atZone(zone)).map(ZonedDateTime::toInstant) : Optional.empty();
    return Stream.concat(local.map(time -> inZone(time, zone)).stream(), exact.stream()).min(Comparator.naturalOrder());
  }

  private static Instant inZone(ZonedDateTime local, ZoneId zone) {
    return local.toLocalDateTime().atZone(zone).toInstant();
  }

  private static boolean everyHour(String expression) {
    return expression.split(" ")[1].startsWith("*");
  }
}
