package io.connectorkit.connector.jdk;

import static io.connectorkit.api.Types.bool;
import static io.connectorkit.api.Types.int32;
import static io.connectorkit.api.Types.text;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.TextStyle;
import java.util.Locale;
import java.util.stream.Stream;

/** The zones of the JDK's copy of the tz database, links included. */
final class TimeZones {

  /**
   * Where the past ends: the day on which this JDK was released. The clock would do for "past", but then the same bundle on the same JDK
   * would give other rows tomorrow.
   */
  static final LocalDate RELEASED = LocalDate.parse(System.getProperty("java.version.date"));

  static final Instant HORIZON = RELEASED.atStartOfDay(ZoneOffset.UTC).toInstant();

  static final ReferenceTable<ZoneId> TABLE = ReferenceTable.of("time_zones",
          "Time zones of the JDK's copy of the tz database, as of " + RELEASED + ", the release date of this JDK",
          TimeZones::zones, "zone_id")
      .column("zone_id", text(), "Name in the tz database, such as Europe/Prague", ZoneId::getId)
      .column("name", text(), "Name in English", zone -> zone.getDisplayName(TextStyle.FULL, Locale.ENGLISH))
      .column("standard_offset_seconds", int32(), "Seconds east of UTC in standard time",
          zone -> zone.getRules().getStandardOffset(HORIZON).getTotalSeconds())
      .column("offset_seconds", int32(), "Seconds east of UTC at the start of that day, UTC",
          zone -> zone.getRules().getOffset(HORIZON).getTotalSeconds())
      .column("has_daylight_saving", bool(), "Changes its offset every year by a rule without an end",
          zone -> !zone.getRules().getTransitionRules().isEmpty())
      .column("fixed_offset", bool(), "Never had another offset", zone -> zone.getRules().isFixedOffset())
      .build();

  private TimeZones() {}

  static Stream<ZoneId> zones() {
    return ZoneId.getAvailableZoneIds().stream().sorted().map(ZoneId::of);
  }
}
