package io.connectorkit.connector.keboola;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.Optional;

/**
 * The state of a table at the source.
 *
 * @param created when it was made, by the source's clock
 * @param changed when it last changed, by the source's clock; empty if the source does not say so
 * @param rows how many it has; negative if the source does not say so
 */
record Position(Optional<Instant> created, Optional<Instant> changed, long rows) {

  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss[.SSS][XXX][XX]");

  static Position of(Map<String, Object> table) {
    return new Position(time(table, "created"), time(table, "lastChangeDate").or(() -> time(table, "lastImportDate")),
        table.get("rowsCount") instanceof Number rows ? rows.longValue() : -1);
  }

  private static Optional<Instant> time(Map<String, Object> table, String field) {
    try {
      return table.get(field) instanceof String text ? Optional.of(OffsetDateTime.parse(text, TIME).toInstant()) : Optional.empty();
    } catch (DateTimeException e) {
      // As if it were not said: then all rows are read.
      return Optional.empty();
    }
  }
}
