package io.connectorkit.connector.jira;

import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** What becomes of Jira's values. What is not as expected goes on as it is, for the host to accept or to refuse by column and value. */
final class Values {

  private static final DateTimeFormatter TIME =
      new DateTimeFormatterBuilder().append(DateTimeFormatter.ISO_LOCAL_DATE_TIME).appendPattern("[XXX][XX][X]").toFormatter();

  private Values() {}

  /** Text; what has parts becomes JSON. */
  static Object text(Object value) {
    return value instanceof Map || value instanceof List ? Json.text(value) : value;
  }

  /** A point in time, such as 2026-01-31T23:30:00.000+0100. */
  static Object time(Object value) {
    try {
      return value instanceof String text ? TIME.parse(text, OffsetDateTime::from).toInstant() : value;
    } catch (DateTimeException e) {
      return value;
    }
  }

  /** A boolean; null for all else. */
  static Object flag(Object value) {
    return value instanceof Boolean ? value : null;
  }

  static Object size(Object list) {
    return list instanceof List<?> values ? values.size() : list;
  }

  /** What a field of one choice says: its value, or else its name. */
  static Object option(Object value) {
    if (!(value instanceof Map<?, ?> choice)) {
      return text(value);
    }
    return text(choice.get("value") == null ? choice.get("name") : choice.get("value"));
  }

  /** A JSON array of what a field of several choices says. */
  static Object options(Object list) {
    return Json.text(elements(list).stream().map(Values::option).toList());
  }

  /** A JSON array; an empty one for nothing. */
  static Object array(Object list) {
    return Json.text(elements(list));
  }

  /** A JSON array of one part of each element, as text. */
  static Object parts(Object list, String path) {
    return Json.text(elements(list).stream().map(each -> Json.at(each, path)).filter(Objects::nonNull).map(String::valueOf).toList());
  }

  /** JSON; null for nothing. */
  static Object json(Object value) {
    return value == null ? null : Json.text(value);
  }

  private static List<?> elements(Object value) {
    return value == null ? List.of() : value instanceof List<?> list ? list : List.of(value);
  }
}
