package io.connectorkit.api;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Objects;

/**
 * How far a table has been read: the highest value of its incremental column (the term is that of stream processing), or a text that only
 * the connector understands. Typed, so that 10 comes after 9 and no zone or digit is lost. Immutable.
 *
 * @param value a {@link Long}, {@link BigDecimal}, {@link LocalDate}, {@link LocalDateTime} (no zone), {@link Instant} or, opaque, a
 *     {@link String}; not null
 */
public record Watermark(Object value) {

  /** The kinds of value. */
  public enum Kind { LONG, DECIMAL, DATE, DATE_TIME, INSTANT, OPAQUE }

  /**
   * Checks the value.
   *
   * @throws IllegalArgumentException if it is of none of the kinds
   */
  public Watermark {
    kind(Objects.requireNonNull(value));
  }

  /** A text that only the connector understands, such as a page token; not null. */
  public static Watermark opaque(String text) {
    return new Watermark(text);
  }

  /** The kind of the value. */
  public Kind kind() {
    return kind(value);
  }

  private static Kind kind(Object value) {
    if (value instanceof Long) {
      return Kind.LONG;
    }
    if (value instanceof BigDecimal) {
      return Kind.DECIMAL;
    }
    if (value instanceof LocalDate) {
      return Kind.DATE;
    }
    if (value instanceof LocalDateTime) {
      return Kind.DATE_TIME;
    }
    if (value instanceof Instant) {
      return Kind.INSTANT;
    }
    if (value instanceof String) {
      return Kind.OPAQUE;
    }
    throw new IllegalArgumentException(value.getClass() + " cannot be a watermark; use a long, decimal, date, date and time, instant or text");
  }

  /** The watermark that {@link #text()} wrote. */
  public static Watermark parse(Kind kind, String text) {
    return new Watermark(switch (kind) {
      case LONG -> Long.valueOf(text);
      case DECIMAL -> new BigDecimal(text);
      case DATE -> LocalDate.parse(text);
      case DATE_TIME -> LocalDateTime.parse(text);
      case INSTANT -> Instant.parse(text);
      case OPAQUE -> text;
    });
  }

  /** The value as text, in ISO 8601 where it is a time: {@link #parse} reads it back. */
  public String text() {
    return value instanceof BigDecimal decimal ? decimal.toPlainString() : value.toString();
  }
}
