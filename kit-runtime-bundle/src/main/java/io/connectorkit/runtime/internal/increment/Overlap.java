package io.connectorkit.runtime.internal.increment;

import io.connectorkit.api.Watermark;
import io.connectorkit.declaration.Durations;
import io.connectorkit.host.KitException;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;

/** What is read again below a watermark, for rows that are committed late. */
final class Overlap {

  private static final long DAY = 86_400;

  private Overlap() {}

  /**
   * The lower bound of a read.
   *
   * @param overlap as the operator wrote it; empty for none
   * @throws KitException KIT-3020 if a time is to be taken from a number, or a number from a time
   */
  static Watermark below(Watermark watermark, String overlap, String table) {
    if (overlap.isEmpty()) {
      return watermark;
    }
    boolean time = !Character.isDigit(overlap.charAt(overlap.length() - 1));
    Object value = watermark.value();
    if (value instanceof Long number && !time) {
      return new Watermark(number < Long.MIN_VALUE + Long.parseLong(overlap) ? Long.MIN_VALUE : number - Long.parseLong(overlap));
    }
    if (value instanceof BigDecimal number && !time) {
      return new Watermark(number.subtract(new BigDecimal(overlap)));
    }
    if (value instanceof Instant instant && time) {
      return new Watermark(instant.minus(Durations.of(overlap)));
    }
    if (value instanceof LocalDateTime dateTime && time) {
      return new Watermark(dateTime.minus(Durations.of(overlap)));
    }
    if (value instanceof LocalDate date && time) {
      return new Watermark(date.minusDays((Durations.of(overlap).toSeconds() + DAY - 1) / DAY));
    }
    throw new KitException("KIT-3020", "table '" + table + "': overlap " + overlap + " cannot be taken from the watermark " + watermark.text()
        + "; give a number for numbers, a time such as 10m for times, none for a watermark that only the connector understands");
  }
}
