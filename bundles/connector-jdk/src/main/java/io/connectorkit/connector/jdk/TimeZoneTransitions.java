package io.connectorkit.connector.jdk;

import static io.connectorkit.api.Types.bool;
import static io.connectorkit.api.Types.dateTime;
import static io.connectorkit.api.Types.instant;
import static io.connectorkit.api.Types.int32;
import static io.connectorkit.api.Types.text;

import java.time.Instant;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.stream.Stream;

/** Each past change of a zone's offset: before {@link TimeZones#HORIZON}. */
final class TimeZoneTransitions {

  static final ReferenceTable<Change> TABLE = ReferenceTable.of("time_zone_transitions",
          "Changes of the offset of each time zone before " + TimeZones.RELEASED + " (UTC), the release date of this JDK",
          () -> TimeZones.zones().flatMap(TimeZoneTransitions::changes), "zone_id", "instant")
      .column("zone_id", text(), "Time zone, see time_zones", change -> change.zone().getId())
      .column("instant", instant(), "When the offset changed; always before the release date of this JDK",
          change -> change.transition().getInstant())
      .column("local_before", dateTime(), "Local date and time at that instant with the old offset",
          change -> change.transition().getDateTimeBefore())
      .column("local_after", dateTime(), "Local date and time at that instant with the new offset",
          change -> change.transition().getDateTimeAfter())
      .column("offset_before_seconds", int32(), "Seconds east of UTC before",
          change -> change.transition().getOffsetBefore().getTotalSeconds())
      .column("offset_after_seconds", int32(), "Seconds east of UTC after",
          change -> change.transition().getOffsetAfter().getTotalSeconds())
      .column("daylight", bool(), "Whether daylight saving time holds after it",
          change -> change.zone().getRules().isDaylightSavings(change.transition().getInstant()))
      .build();

  private TimeZoneTransitions() {}

  /** One row. */
  record Change(ZoneId zone, ZoneOffsetTransition transition) {}

  private static Stream<Change> changes(ZoneId zone) {
    ZoneRules rules = zone.getRules();
    return Stream.iterate(rules.nextTransition(Instant.MIN), TimeZoneTransitions::past,
        transition -> rules.nextTransition(transition.getInstant())).map(transition -> new Change(zone, transition));
  }

  private static boolean past(ZoneOffsetTransition transition) {
    return transition != null && transition.getInstant().isBefore(TimeZones.HORIZON);
  }
}
