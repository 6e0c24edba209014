package io.connectorkit.declarative;

import io.connectorkit.api.Watermark;
import io.connectorkit.declaration.SourceColumn;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;

/** Values as a source writes them, on their way to a column and back. */
final class Values {

  /** Stands for a path that a record does not have; null is a value. */
  static final Object ABSENT = new Object();

  private Values() {}

  /** The value at a path: keys with dots between them. */
  static Object at(Map<String, Object> record, String path) {
    if (record.containsKey(path)) {
      return record.get(path);
    }
    Object value = record;
    for (String key : path.split("\\.")) {
      if (value == null) {
        return null;
      }
      if (!(value instanceof Map<?, ?> map) || !map.containsKey(key)) {
        return ABSENT;
      }
      value = map.get(key);
    }
    return value;
  }

  /** What goes to the column; a value that is not of its type stays as it is, for the column to refuse. */
  static Object of(SourceColumn column, Object value) {
    return switch (column.type()) {
      case "json" -> value == null ? null : Json.text(value);
      case "epoch_seconds" -> instant(value, 1_000_000_000L);
      case "epoch_millis" -> instant(value, 1_000_000L);
      // A mapping or list is no text; a number or boolean is one as it is written.
      case "text" -> value instanceof BigDecimal decimal ? decimal.toPlainString() : value;
      default -> value;
    };
  }

  private static Object instant(Object value, long nanosPerUnit) {
    if (!(value instanceof Long || value instanceof BigInteger || value instanceof BigDecimal || value instanceof String)) {
      return value;
    }
    try {
      BigInteger nanos = new BigDecimal(value.toString()).multiply(BigDecimal.valueOf(nanosPerUnit)).toBigIntegerExact();
      BigInteger[] parts = nanos.divideAndRemainder(BigInteger.valueOf(1_000_000_000L));
      return Instant.ofEpochSecond(parts[0].longValueExact(), parts[1].longValueExact());
    } catch (ArithmeticException | NumberFormatException | DateTimeException e) {
      return value;
    }
  }

  /** A watermark as the source reads it. */
  static String watermark(Watermark watermark, String format) {
    Object value = watermark.value();
    Instant instant = value instanceof Instant it ? it : value instanceof LocalDateTime time ? time.toInstant(ZoneOffset.UTC)
        : value instanceof LocalDate date ? date.atStartOfDay(ZoneOffset.UTC).toInstant() : null;
    if (instant == null) {
      return watermark.text();
    }
    return switch (format) {
      // Rounded down: too much is taken out again, too little would be lost.
      case "epoch_seconds" -> String.valueOf(instant.getEpochSecond());
      case "epoch_millis" -> String.valueOf(instant.toEpochMilli());
      case "date" -> LocalDate.ofInstant(instant, ZoneOffset.UTC).toString();
      default -> watermark.text();
    };
  }

  /** JSON as text. */
  private static final class Json {

    static String text(Object value) {
      StringBuilder text = new StringBuilder();
      write(text, value);
      return text.toString();
    }

    private static void write(StringBuilder text, Object value) {
      if (value instanceof Map<?, ?> map) {
        String before = "{";
        for (Map.Entry<?, ?> entry : map.entrySet()) {
          text.append(before);
          quote(text, String.valueOf(entry.getKey()));
          write(text.append(':'), entry.getValue());
          before = ",";
        }
        text.append(map.isEmpty() ? "{}" : "}");
      } else if (value instanceof List<?> list) {
        String before = "[";
        for (Object each : list) {
          write(text.append(before), each);
          before = ",";
        }
        text.append(list.isEmpty() ? "[]" : "]");
      } else if (value instanceof String string) {
        quote(text, string);
      } else {
        text.append(value);
      }
    }

    private static void quote(StringBuilder text, String string) {
      text.append('"');
      string.chars().forEach(c -> {
        if (c == '"' || c == '\\') {
          text.append('\\').append((char) c);
        } else if (c < ' ') {
          text.append(String.format("\\u%04x", c));
        } else {
          text.append((char) c);
        }
      });
      text.append('"');
    }
  }
}
