package io.connectorkit.declaration;

import java.time.Duration;
import java.util.regex.Pattern;

/** Times as operators write them: a whole number and a unit. */
public final class Durations {

  /** What {@link #of} takes. */
  public static final Pattern PATTERN = Pattern.compile("\\d{1,9}[smhd]");

  private Durations() {}

  /** The time that a text such as 30s, 10m, 6h or 7d stands for. */
  public static Duration of(String text) {
    long number = Long.parseLong(text.substring(0, text.length() - 1));
    return switch (text.charAt(text.length() - 1)) {
      case 's' -> Duration.ofSeconds(number);
      case 'm' -> Duration.ofMinutes(number);
      case 'h' -> Duration.ofHours(number);
      default -> Duration.ofDays(number);
    };
  }
}
