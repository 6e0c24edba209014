package io.connectorkit.runtime.internal.config;

import io.connectorkit.api.Capability;
import io.connectorkit.host.KitException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a connector says of itself in {@code META-INF/connector.yaml}.
 *
 * @param variables environment variables that hold its secrets
 * @param settings by name
 */
public record ConnectorYaml(
    String name, String version, String description, Set<Capability> capabilities, List<Variable> variables, Map<String, Setting> settings) {

  private static final Set<String> TYPES = Set.of("string", "integer", "number", "boolean", "array", "object");

  /** An environment variable that holds a secret. */
  public record Variable(String name, boolean required, String description) {}

  /** A setting that an instance may have. */
  public record Setting(String type, boolean required, Object fallback, boolean secret, String description) {}

  /**
   * Reads and checks the document.
   *
   * @param where the file, for messages
   * @throws KitException KIT-2001 or KIT-2002 naming the key that is wrong
   */
  public static ConnectorYaml read(InputStream stream, String where) {
    Map<String, Object> map = SafeYaml.read(stream, where);
    return new ConnectorYaml(
        text(map, "name", where),
        text(map, "version", where),
        String.valueOf(map.getOrDefault("description", "")),
        capabilities(map.get("capabilities"), where),
        variables(SafeYaml.section(map, "auth", where).get("env_vars"), where),
        settings(SafeYaml.section(map, "config", where), where));
  }

  private static String text(Map<String, Object> map, String key, String where) {
    if (map.get(key) instanceof String text && !text.isBlank()) {
      return text;
    }
    throw new KitException("KIT-2002", where + ": '" + key + "' must be a text" + (map.containsKey(key) ? ", write it in quotes" : ""));
  }

  private static Set<Capability> capabilities(Object value, String where) {
    if (!(value instanceof List<?> labels) || labels.isEmpty()) {
      throw new KitException("KIT-2002", where + ": 'capabilities' must be a list such as [discover, read]");
    }
    Set<Capability> set = EnumSet.noneOf(Capability.class);
    for (Object label : labels) {
      set.add(Capability.ofLabel(String.valueOf(label)).orElseThrow(() ->
          new KitException("KIT-2002", where + ": unknown capability '" + label + "'; known are " + List.of(Capability.values()))));
    }
    return set;
  }

  private static List<Variable> variables(Object value, String where) {
    if (value == null) {
      return List.of();
    }
    if (!(value instanceof List<?> entries)) {
      throw new KitException("KIT-2002", where + ": 'auth.env_vars' must be a list");
    }
    List<Variable> variables = new ArrayList<>();
    for (Object entry : entries) {
      if (!(entry instanceof Map<?, ?> map) || !String.valueOf(map.get("name")).matches("[A-Z][A-Z0-9_]{0,127}")) {
        throw new KitException("KIT-2002", where + ": each of 'auth.env_vars' needs a 'name' of capital letters, digits and underscores");
      }
      variables.add(new Variable(String.valueOf(map.get("name")), Boolean.TRUE.equals(map.get("required")), describe(map)));
    }
    return variables;
  }

  private static Map<String, Setting> settings(Map<String, Object> section, String where) {
    Map<String, Setting> settings = new LinkedHashMap<>();
    section.forEach((name, value) -> {
      if (!(value instanceof Map<?, ?> map) || !TYPES.contains(String.valueOf(map.get("type")))) {
        throw new KitException("KIT-2002", where + ": 'config." + name + "' needs a 'type', one of " + TYPES.stream().sorted().toList());
      }
      settings.put(name, new Setting(String.valueOf(map.get("type")), Boolean.TRUE.equals(map.get("required")), map.get("default"),
          Boolean.TRUE.equals(map.get("secret")), describe(map)));
    });
    return settings;
  }

  private static String describe(Map<?, ?> map) {
    return map.get("description") == null ? "" : String.valueOf(map.get("description"));
  }
}
