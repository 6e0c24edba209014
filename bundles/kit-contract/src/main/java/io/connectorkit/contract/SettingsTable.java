package io.connectorkit.contract;

import io.connectorkit.declaration.ConnectorYaml;
import io.connectorkit.declaration.Setting;
import java.util.Optional;
import java.util.stream.Collectors;

/** What {@code connector.yaml} says of settings and secrets, as tables in Markdown for the README beside it. */
public final class SettingsTable {

  private static final String BEGIN = "<!-- settings: of connector.yaml; -Dkit.readme.write=true writes them anew -->\n";
  private static final String END = "<!-- end of settings -->";

  private SettingsTable() {}

  /** The tables; empty if there is nothing to set. */
  public static String of(ConnectorYaml yaml) {
    StringBuilder text = new StringBuilder();
    if (!yaml.settings().isEmpty()) {
      text.append("| setting | type | required | means |\n|---|---|---|---|\n");
      yaml.settings().forEach((name, setting) -> text.append("| `").append(name).append("` | ").append(setting.type())
          .append(setting.format().isEmpty() ? "" : " (" + setting.format() + ")").append(" | ").append(setting.required() ? "yes" : "no").append(" | ")
          .append(cell(setting)).append(" |\n"));
    }
    if (!yaml.variables().isEmpty()) {
      text.append(text.isEmpty() ? "" : "\n").append("| environment variable | required | means |\n|---|---|---|\n");
      yaml.variables().forEach(variable -> text.append("| `").append(variable.name()).append("` | ").append(variable.required() ? "yes" : "no").append(" | ")
          .append(plain(variable.description())).append(" |\n"));
    }
    return text.toString();
  }

  private static String cell(Setting setting) {
    String values = setting.values().isEmpty() ? "" : "; one of " + setting.values().stream().map(each -> "`" + each + "`").collect(Collectors.joining(", "));
    String fallback = setting.fallback() == null || setting.secret() ? "" : "; `" + setting.fallback() + "` unless set";
    return plain(setting.description() + values + fallback + (setting.secret() ? "; a secret" : ""));
  }

  private static String plain(String text) {
    return text.replaceAll("\\s+", " ").strip().replace("|", "\\|");
  }

  /**
   * A README with the tables between its marks.
   *
   * @return empty if it has no marks, and tells of its settings in its own way
   */
  public static Optional<String> in(String readme, ConnectorYaml yaml) {
    int begin = readme.indexOf(BEGIN);
    int end = readme.indexOf(END, Math.max(begin, 0));
    return begin < 0 || end < 0 ? Optional.empty() : Optional.of(readme.substring(0, begin) + BEGIN + of(yaml) + readme.substring(end));
  }
}
