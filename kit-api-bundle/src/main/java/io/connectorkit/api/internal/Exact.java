package io.connectorkit.api.internal;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.UUID;

/** Conversions of Java values that lose nothing, or refuse. */
final class Exact {

  private Exact() {}

  static BigDecimal decimal(Object value, String rule) {
    try {
      if (value instanceof BigDecimal decimal) {
        return decimal;
      }
      if (value instanceof BigInteger integer) {
        return new BigDecimal(integer);
      }
      if (value instanceof Double || value instanceof Float) {
        return new BigDecimal(String.valueOf(value));
      }
      if (value instanceof Number number) {
        return BigDecimal.valueOf(number.longValue());
      }
      if (value instanceof CharSequence text) {
        return new BigDecimal(text.toString());
      }
    } catch (NumberFormatException e) {
      throw new ValueRefused(value, rule);
    }
    throw new ValueRefused(value, rule);
  }

  static long integer(Object value, int bits, boolean signed) {
    if (signed && (value instanceof Integer || value instanceof Short || value instanceof Byte || value instanceof Long)) {
      long number = ((Number) value).longValue();
      if (bits == 64 || (number >= -(1L << (bits - 1)) && number < (1L << (bits - 1)))) {
        return number;
      }
    }
    String rule = (signed ? "a signed" : "an unsigned") + " integer of " + bits + " bits";
    try {
      BigInteger number = decimal(value, rule).toBigIntegerExact();
      BigInteger low = signed ? BigInteger.ONE.shiftLeft(bits - 1).negate() : BigInteger.ZERO;
      BigInteger high = BigInteger.ONE.shiftLeft(signed ? bits - 1 : bits);
      if (number.compareTo(low) >= 0 && number.compareTo(high) < 0) {
        return number.longValue();
      }
    } catch (ArithmeticException e) {
      throw new ValueRefused(value, rule);
    }
    throw new ValueRefused(value, rule);
  }

  static double floating(Object value) {
    if (value instanceof Double || value instanceof Float) {
      return ((Number) value).doubleValue();
    }
    BigDecimal exact = decimal(value, "a number");
    double number = exact.doubleValue();
    boolean whole = value instanceof Number && !(value instanceof BigDecimal);
    if (Double.isInfinite(number) || (whole && new BigDecimal(number).compareTo(exact) != 0)) {
      throw new ValueRefused(value, "exact as a floating-point number");
    }
    return number;
  }

  static boolean bool(Object value) {
    if (value instanceof Boolean flag) {
      return flag;
    }
    String text = String.valueOf(value);
    if (text.equals("true") || text.equals("false")) {
      return text.equals("true");
    }
    throw new ValueRefused(value, "true or false");
  }

  static ByteBuffer text(Object value) {
    if (!(value instanceof CharSequence || value instanceof Number || value instanceof Boolean || value instanceof Character
        || value instanceof Enum || value instanceof UUID || value instanceof java.net.URI)) {
      throw new ValueRefused(value, "text");
    }
    try {
      return StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(value.toString()));
    } catch (CharacterCodingException e) {
      throw new ValueRefused(value, "valid Unicode: it has half of a surrogate pair");
    }
  }

  static LocalDate date(Object value) {
    try {
      return value instanceof LocalDate date ? date : LocalDate.parse(string(value));
    } catch (DateTimeException e) {
      throw new ValueRefused(value, "a date (2026-01-31)");
    }
  }

  static LocalTime time(Object value) {
    try {
      return value instanceof LocalTime time ? time : LocalTime.parse(string(value));
    } catch (DateTimeException e) {
      throw new ValueRefused(value, "a time of day (23:59:59)");
    }
  }

  static Instant instant(Object value) {
    try {
      if (value instanceof Instant instant) {
        return instant;
      }
      if (value instanceof OffsetDateTime time) {
        return time.toInstant();
      }
      if (value instanceof ZonedDateTime time) {
        return time.toInstant();
      }
      return OffsetDateTime.parse(string(value)).toInstant();
    } catch (DateTimeException e) {
      throw new ValueRefused(value, "a point in time with an offset (2026-01-31T23:59:59Z)");
    }
  }

  static Instant dateTime(Object value) {
    try {
      LocalDateTime time = value instanceof LocalDateTime local ? local : LocalDateTime.parse(string(value));
      return time.toInstant(ZoneOffset.UTC);
    } catch (DateTimeException e) {
      throw new ValueRefused(value, "a date and time without a zone (2026-01-31T23:59:59)");
    }
  }

  /** Whole units since the epoch, for {@code perSecond} units in a second. */
  static long epoch(Object value, Instant instant, long perSecond) {
    long nanosPerUnit = 1_000_000_000L / perSecond;
    if (instant.getNano() % nanosPerUnit != 0) {
      throw new ValueRefused(value, "exact in units of 1/" + perSecond + " s");
    }
    try {
      return Math.addExact(Math.multiplyExact(instant.getEpochSecond(), perSecond), instant.getNano() / nanosPerUnit);
    } catch (ArithmeticException e) {
      throw new ValueRefused(value, "within the range of 1/" + perSecond + " s in 64 bits");
    }
  }

  private static String string(Object value) {
    return value instanceof CharSequence text ? text.toString() : "";
  }
}
