package io.connectorkit.api;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The settings of an instance: a YAML mapping, already checked against the types that {@code connector.yaml} declares. Immutable.
 *
 * @param values nested maps, lists, strings, numbers and booleans; no null inside
 */
public record Settings(Map<String, Object> values) {

  /** Copies the mapping. */
  public Settings {
    values = Map.copyOf(values);
  }

  /**
   * A required text.
   *
   * @throws ConnectorException if it is not set
   */
  public String text(String name) {
    return find(name).orElseThrow(() -> ConnectorException.permanent("setting '" + name + "' is not set", null));
  }

  /** A text, or the text form of a number or boolean. */
  public Optional<String> find(String name) {
    return Optional.ofNullable(values.get(name)).map(String::valueOf);
  }

  /** A boolean; false if it is not set. */
  public boolean flag(String name) {
    return Boolean.parseBoolean(find(name).orElse("false"));
  }

  /** A list of texts; a single value is a list of one, an absent one an empty list. */
  public List<String> list(String name) {
    Object value = values.get(name);
    if (value == null) {
      return List.of();
    }
    return value instanceof List<?> list ? list.stream().map(String::valueOf).toList() : List.of(String.valueOf(value));
  }

  /** A nested mapping; empty if it is not set or no mapping. */
  public Settings section(String name) {
    if (!(values.get(name) instanceof Map<?, ?> map)) {
      return new Settings(Map.of());
    }
    var section = new java.util.LinkedHashMap<String, Object>();
    map.forEach((key, value) -> section.put(String.valueOf(key), value));
    return new Settings(section);
  }
}
