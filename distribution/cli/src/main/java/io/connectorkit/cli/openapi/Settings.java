package io.connectorkit.cli.openapi;

import io.swagger.v3.oas.models.parameters.Parameter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The settings of the connector: what operations need to be told, and the document does not say. One name is one setting. */
final class Settings {

  /** The host's and ours. */
  private static final Set<String> OWN = Set.of("url", "user");

  private final Map<String, List<String>> all = new LinkedHashMap<>();

  /** A setting for a parameter; gives its name. */
  String of(Parameter parameter) {
    return of(parameter.getName(), Text.line(parameter.getDescription()));
  }

  String of(String parameter, String description) {
    String name = Text.name(parameter);
    String free = OWN.contains(name) ? "param_" + name : name;
    if (!all.containsKey(free)) {
      add(free, "type: string", "required: true", "description: " + Text.value(description.isEmpty() ? "Goes to the parameter " + parameter : description));
    }
    return free;
  }

  /** A setting with its rules, as YAML. */
  void add(String name, String... rules) {
    all.put(name, List.of(rules));
  }

  /** Whether there is one of that name. */
  boolean has(String name) {
    return all.containsKey(name);
  }

  List<String> yaml() {
    List<String> lines = new ArrayList<>();
    all.forEach((name, rules) -> {
      lines.add(name + ":");
      rules.forEach(rule -> lines.add("  " + rule));
    });
    return lines;
  }
}
