package io.connectorkit.http;

import io.connectorkit.api.Watermark;
import java.math.BigDecimal;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Optional;
import java.util.stream.Stream;

/** Values as a request carries them, and answers as a message shows them. */
final class Text {

  private Text() {}

  /** A value as text: decimals without an exponent. */
  static String of(Object value) {
    if (value instanceof Watermark watermark) {
      return watermark.text();
    }
    return value instanceof BigDecimal decimal ? decimal.toPlainString() : String.valueOf(value);
  }

  /** The texts of a parameter: none for null, several for a collection. */
  static Stream<String> all(Object value) {
    if (value instanceof Optional<?> optional) {
      return optional.stream().flatMap(Text::all);
    }
    if (value instanceof Collection<?> collection) {
      return collection.stream().flatMap(Text::all);
    }
    return value == null ? Stream.empty() : Stream.of(of(value));
  }

  /** A part of a query. */
  static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /** Fit for a message: one line, short. */
  static String shown(String text, int most) {
    String line = text.replaceAll("[\\p{Cntrl}\\p{Cf}\\s\\uFFFD]+", " ").strip();
    if (line.length() <= most) {
      return line;
    }
    return line.substring(0, Character.isHighSurrogate(line.charAt(most - 1)) ? most - 1 : most) + "…";
  }
}
