package io.connectorkit.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;

/** Numbers as people read them. */
final class Units {

  private static final String[] BYTES = {"B", "kB", "MB", "GB", "TB", "PB", "EB"};

  private Units() {}

  static String number(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  static String count(long number, String noun) {
    return number(number) + " " + noun + (number == 1 ? "" : "s");
  }

  /** Decimal units: 1 MB is 1,000,000 bytes. */
  static String bytes(long bytes) {
    double value = bytes;
    int unit = 0;
    while (Math.round(value * 10) >= 10_000 && unit < BYTES.length - 1) {
      value /= 1000;
      unit++;
    }
    return unit == 0 ? bytes + " B" : String.format(Locale.ROOT, "%.1f %s", value, BYTES[unit]);
  }

  static String seconds(JsonNode seconds) {
    return String.format(Locale.ROOT, "%.2f s", seconds.asDouble());
  }

  static String rate(JsonNode rowsPerSecond) {
    return number(rowsPerSecond.asLong()) + " rows/s";
  }

  /** Text of a field that may be missing. */
  static String text(JsonNode node) {
    return node.isMissingNode() || node.isNull() ? "" : node.asText();
  }
}
