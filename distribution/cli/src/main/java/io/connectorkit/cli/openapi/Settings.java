package io.connectorkit.cli.openapi;

import io.swagger.v3.oas.models.parameters.Parameter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The settings of the connector: what operations need to be told, and the document does not say. One name is one setting, a text. */
final class Settings {

  /** The host's and ours. */
  private static final Set<String> OWN = Set.of("url", "user");

  private final Map<String, Setting> all = new LinkedHashMap<>();

  private record Setting(String format, String description, String fallback) {}

  /** A setting for a parameter; gives its name. */
  String of(Parameter parameter) {
    return of(parameter.getName(), Text.line(parameter.getDescription()));
  }

  String of(String parameter, String description) {
    String name = Text.name(parameter);
    String free = OWN.contains(name) ? "param_" + name : name;
    all.putIfAbsent(free, new Setting("", description.isEmpty() ? "Goes to the parameter " + Text.line(parameter) : description, ""));
    return free;
  }

  /**
   * A setting of ours.
   *
   * @param format empty for any text
   * @param fallback empty if there is none
   */
  void add(String name, String format, String description, String fallback) {
    all.put(name, new Setting(format, description, fallback));
  }

  /** Whether there is one of that name. */
  boolean has(String name) {
    return all.containsKey(name);
  }

  List<String> yaml() {
    List<String> lines = new ArrayList<>();
    all.forEach((name, setting) -> {
      lines.addAll(List.of(name + ":", "  type: string", "  required: true", "  description: " + Text.value(setting.description())));
      if (!setting.format().isEmpty()) {
        lines.add("  format: " + setting.format());
      }
      if (!setting.fallback().isEmpty()) {
        lines.add("  default: " + Text.value(setting.fallback()));
      }
    });
    return lines;
  }

  /** The table that kit-contract makes of the YAML, for the README of the project. */
  String table() {
    StringBuilder text = new StringBuilder("| setting | type | required | means |\n|---|---|---|---|\n");
    all.forEach((name, setting) -> text.append("| `").append(name).append("` | string").append(setting.format().isEmpty() ? "" : " (" + setting.format() + ")")
        .append(" | yes | ").append(setting.description().replace("|", "\\|"))
        .append(setting.fallback().isEmpty() ? "" : "; `" + setting.fallback() + "` unless set").append(" |\n"));
    return text.toString();
  }
}
