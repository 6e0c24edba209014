package io.connectorkit.declaration;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A value of a YAML document, and where it stands.
 *
 * @param content a map or a list of such values, a {@link String}, {@link Integer}, {@link Long}, {@link Double} or {@link Boolean}, or null
 * @param text a scalar as it is written; empty otherwise
 * @param line of its key, or of itself in a list; from 1 on
 */
public record YamlValue(Object content, String text, int line) {

  /** A mapping without entries. */
  public static YamlValue empty(int line) {
    return new YamlValue(Map.of(), "", line);
  }

  /** The entries of a mapping by key; none if it is something else. */
  @SuppressWarnings("unchecked")
  public Map<String, YamlValue> entries() {
    return content instanceof Map ? (Map<String, YamlValue>) content : Map.of();
  }

  /** The elements of a list; none if it is something else. */
  @SuppressWarnings("unchecked")
  public List<YamlValue> elements() {
    return content instanceof List ? (List<YamlValue>) content : List.of();
  }

  /** Whether it is one plain value. */
  public boolean scalar() {
    return content != null && !(content instanceof Map) && !(content instanceof List);
  }

  /** Nested maps, lists and scalars, without keys that have no value. */
  public Object plain() {
    if (content instanceof Map) {
      Map<String, Object> plain = new LinkedHashMap<>();
      entries().forEach((key, value) -> {
        if (value.content() != null) {
          plain.put(key, value.plain());
        }
      });
      return plain;
    }
    return content instanceof List ? elements().stream().map(YamlValue::plain).toList() : content;
  }

  /** In words, for messages: what it is, without saying what is in it. */
  public String kind() {
    return content == null ? "empty" : content instanceof Map ? "a mapping" : content instanceof List ? "a list"
        : content instanceof Boolean ? "a boolean" : content instanceof Number ? "a number" : "a text";
  }
}
