package io.connectorkit.runtime.internal.config;

import io.connectorkit.api.Settings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * An instance's configuration held against what its connector declares.
 *
 * @param settings with defaults filled in
 * @param problems what is missing or wrong, each with its remedy; the instance waits while there is one
 * @param notes what is odd, but harms nothing
 */
public record InstanceConfig(InstanceFile file, Settings settings, List<String> problems, List<String> notes) {

  /** Checks everything at once, so that an operator sees all problems in one go. */
  public static InstanceConfig check(InstanceFile file, ConnectorYaml yaml, Secrets secrets) {
    List<String> problems = new ArrayList<>();
    List<String> notes = new ArrayList<>();
    Map<String, Object> values = new LinkedHashMap<>(file.config());
    String where = file.file() == null ? "etc/connectors/" + file.instance() + ".yaml" : file.file().toString();
    yaml.settings().forEach((name, setting) -> {
      Object value = values.get(name);
      if (value == null && setting.fallback() != null) {
        values.put(name, setting.fallback());
      } else if (value == null && setting.required()) {
        problems.add("setting '" + name + "' is missing (" + setting.description() + "); set config." + name + " in " + where);
      } else if (value != null && !fits(value, setting.type())) {
        problems.add("setting '" + name + "' must be of type " + setting.type() + "; correct config." + name + " in " + where);
      }
    });
    file.config().keySet().stream().filter(name -> !yaml.settings().containsKey(name))
        .forEach(name -> notes.add("setting '" + name + "' is unknown to the connector and ignored"));
    yaml.variables().stream().filter(variable -> variable.required() && secrets.find(variable.name()).isEmpty())
        .forEach(variable -> problems.add("environment variable " + variable.name() + " is not set (" + variable.description()
            + "); set it, or " + variable.name() + "_FILE, and restart the host"));
    return new InstanceConfig(file, new Settings(values), List.copyOf(problems), List.copyOf(notes));
  }

  /** A text that changes with the meaning of the configuration. */
  public String fingerprint() {
    return new TreeMap<>(settings.values()) + "|" + file.tables();
  }

  private static boolean fits(Object value, String type) {
    return switch (type) {
      case "string" -> value instanceof String || value instanceof Number;
      case "integer" -> value instanceof Integer || value instanceof Long;
      case "number" -> value instanceof Number;
      case "boolean" -> value instanceof Boolean;
      case "array" -> value instanceof List;
      default -> value instanceof Map;
    };
  }
}
