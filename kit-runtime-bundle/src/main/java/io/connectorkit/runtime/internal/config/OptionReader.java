package io.connectorkit.runtime.internal.config;

import io.connectorkit.host.KitException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Takes typed options out of a mapping of a configuration file, or says which one is wrong, where, and what it should be. */
final class OptionReader {

  private final String where;
  private final Map<?, ?> map;

  /**
   * Checks the keys.
   *
   * @param where file and place in it, for messages
   * @throws KitException KIT-2002 if the value is no mapping, or has a key that is not known
   */
  OptionReader(String where, Object value, Set<String> known) {
    this.where = where;
    if (!(value instanceof Map<?, ?> mapping)) {
      throw new KitException("KIT-2002", where + "' must be a mapping of options");
    }
    this.map = mapping;
    map.keySet().stream().filter(key -> !known.contains(String.valueOf(key))).findFirst().ifPresent(key -> {
      throw new KitException("KIT-2002", where + "." + key + "' is unknown; known are " + known.stream().sorted().toList());
    });
  }

  /** An option of which only some labels are known. */
  <T> Optional<T> label(String key, Function<String, Optional<T>> known, String rule) {
    Object value = map.get(key);
    return value == null ? Optional.empty() : Optional.of(known.apply(String.valueOf(value)).orElseThrow(() -> wrong(key, rule)));
  }

  /** A part of one; 0 if absent. */
  double ratio(String key) {
    Object value = map.get(key);
    if (value != null && !(value instanceof Number number && number.doubleValue() >= 0 && number.doubleValue() <= 1)) {
      throw wrong(key, "a number from 0 to 1");
    }
    return value == null ? 0 : ((Number) value).doubleValue();
  }

  /** A time such as 30s, 10m, 6h or 7d; zero if absent. */
  Duration duration(String key) {
    String text = text(key, Durations.PATTERN, "a time such as 30s, 10m, 6h or 7d");
    return text.isEmpty() ? Duration.ZERO : Durations.of(text);
  }

  /** A text that matches; empty if absent. */
  String text(String key, Pattern pattern, String rule) {
    Object value = map.get(key);
    if (value != null && !pattern.matcher(String.valueOf(value)).matches()) {
      throw wrong(key, rule);
    }
    return value == null ? "" : String.valueOf(value);
  }

  /** A list; empty if absent. */
  List<?> list(String key, String rule) {
    Object value = map.get(key);
    if (value != null && !(value instanceof List)) {
      throw wrong(key, rule);
    }
    return value == null ? List.of() : (List<?>) value;
  }

  private KitException wrong(String key, String rule) {
    return new KitException("KIT-2002", where + "." + key + "' is '" + map.get(key) + "' and must be " + rule);
  }
}
