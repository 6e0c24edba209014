package io.connectorkit.declaration;

import io.connectorkit.api.Capability;
import java.io.InputStream;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What a connector says of itself in {@code META-INF/connector.yaml}.
 *
 * @param variables environment variables that hold its secrets
 * @param settings by name
 * @param http how it speaks HTTP, if that is declared
 * @param source its tables, if it has no code of its own
 * @param webhook how its source signs events; as usual unless declared
 */
public record ConnectorYaml(
    String name, String version, String description, Set<Capability> capabilities, List<Variable> variables, Map<String, Setting> settings,
    Optional<HttpSection> http, Optional<SourceSection> source, WebhookSection webhook) {

  private static final Set<String> KEYS = Set.of("name", "version", "description", "entrypoint", "capabilities", "auth", "config", "health_check", "http",
      "source", "webhook");
  static final Pattern VARIABLE = Pattern.compile("[A-Z][A-Z0-9_]{0,127}");
  private static final Pattern ANY = Pattern.compile("(?s).*");

  /** An environment variable that holds a secret. */
  public record Variable(String name, boolean required, String description) {}

  /**
   * Reads and checks the document.
   *
   * @param where the file, for messages
   * @throws DeclarationException KIT-2001 to KIT-2003 with all that is wrong
   */
  public static ConnectorYaml read(InputStream stream, String where) {
    Problems problems = new Problems(where);
    YamlValue document = SafeYaml.read(stream, problems);
    // What is missing in a document that could not be read is no news.
    problems.throwIfAny();
    OptionReader options = new OptionReader(problems, "", document).notMisspelt(KEYS);
    Set<Capability> capabilities = capabilities(options);
    List<Variable> variables = variables(options.section("auth").notMisspelt(Set.of("type", "env_vars")));
    Map<String, Setting> settings = settings(options.section("config"));
    ConnectorYaml yaml = new ConnectorYaml(
        options.required("name"),
        options.required("version"),
        options.text("description", ANY, "a text"),
        capabilities, variables, settings,
        options.find("http").map(http -> HttpSection.read(options.section("http"), settings,
            variables.stream().map(Variable::name).collect(Collectors.toSet()))),
        options.find("source").map(source -> source(options, source, capabilities, settings)),
        webhook(options, variables));
    problems.throwIfAny();
    return yaml;
  }

  private static WebhookSection webhook(OptionReader options, List<Variable> variables) {
    OptionReader section = options.section("webhook");
    WebhookSection webhook = WebhookSection.read(section);
    Set<String> names = variables.stream().map(Variable::name).collect(Collectors.toSet());
    webhook.secret().filter(secret -> !names.contains(secret))
        .ifPresent(secret -> section.wrong("secret", "a variable under auth.env_vars" + Nearest.hint(secret, names)));
    return webhook.over(WebhookSection.USUAL);
  }

  private static SourceSection source(OptionReader options, YamlValue source, Set<Capability> capabilities, Map<String, Setting> settings) {
    if (!capabilities.equals(EnumSet.of(Capability.DISCOVER, Capability.READ))) {
      options.add(source.line(), "'source' gives a connector the capabilities [discover, read]; declare exactly these");
    }
    if (options.find("http").isEmpty()) {
      options.add(source.line(), "'source' needs a section 'http' with the base URL; add it");
    }
    return SourceSection.read(options.section("source"), settings.keySet());
  }

  private static Set<Capability> capabilities(OptionReader options) {
    Set<Capability> set = EnumSet.noneOf(Capability.class);
    List<String> known = Arrays.stream(Capability.values()).map(Capability::label).sorted().toList();
    List<YamlValue> labels = options.list("capabilities", "a list such as [discover, read]");
    if (options.find("capabilities").isEmpty()) {
      options.add("'capabilities' must be a list such as [discover, read], and is missing");
    }
    labels.forEach(label -> Capability.ofLabel(label.text()).ifPresentOrElse(set::add, () ->
        options.add(label.line(), "unknown capability " + Problems.quoted(label.text()) + Nearest.hint(label.text(), known))));
    return set;
  }

  private static List<Variable> variables(OptionReader auth) {
    return auth.list("env_vars", "a list").stream().map(entry -> {
      OptionReader options = new OptionReader(auth.problems(), auth.path("env_vars"), entry)
          .notMisspelt(Set.of("name", "required", "description"));
      String name = options.required("name");
      if (!name.isEmpty() && !VARIABLE.matcher(name).matches()) {
        options.wrong("name", "of capital letters, digits and underscores, a letter first");
      }
      return new Variable(name, options.flag("required"), options.text("description", ANY, "a text"));
    }).toList();
  }

  private static Map<String, Setting> settings(OptionReader section) {
    Map<String, Setting> settings = new LinkedHashMap<>();
    section.entries().keySet().forEach(name -> settings.put(name, Setting.read(section.section(name))));
    return settings;
  }
}
