package io.connectorkit.runtime.internal.config;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Text of a value that is the same for the same meaning only: whatever the order of keys, and whatever signs are in the texts. */
public final class Canonical {

  private Canonical() {}

  /** The text. */
  public static String text(Object value) {
    if (value instanceof Map<?, ?> map) {
      Map<String, Object> sorted = new TreeMap<>();
      map.forEach((key, entry) -> sorted.put(String.valueOf(key), entry));
      return sorted.entrySet().stream().map(entry -> text(entry.getKey()) + text(entry.getValue())).collect(Collectors.joining("", "{", "}"));
    }
    if (value instanceof List<?> list) {
      return list.stream().map(Canonical::text).collect(Collectors.joining("", "[", "]"));
    }
    String text = String.valueOf(value);
    return text.length() + ":" + text;
  }
}
