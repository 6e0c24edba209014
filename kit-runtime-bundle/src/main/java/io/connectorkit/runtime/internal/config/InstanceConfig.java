package io.connectorkit.runtime.internal.config;

import io.connectorkit.api.Settings;
import io.connectorkit.declaration.ConnectorYaml;
import io.connectorkit.declaration.Nearest;
import io.connectorkit.declaration.Problems;
import io.connectorkit.declaration.Setting;
import io.connectorkit.declaration.YamlValue;
import io.connectorkit.host.KitException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * An instance's configuration held against what its connector declares.
 *
 * @param settings with defaults filled in
 * @param problems what is missing or wrong, each with its remedy; the instance waits while there is one
 * @param notes what is odd, but harms nothing
 * @param fingerprint a text that changes with what the configuration means for the rows: not with the order of keys, the schedule, or a secret
 */
public record InstanceConfig(InstanceFile file, Settings settings, List<String> problems, List<String> notes, String fingerprint) {

  /** Checks everything at once, so that an operator sees all problems in one go. */
  public static InstanceConfig check(InstanceFile file, ConnectorYaml yaml, Secrets secrets) {
    String where = InstanceFile.where(file.instance() + ".yaml");
    Problems problems = new Problems(where);
    Problems notes = new Problems(where);
    Map<String, Object> values = new LinkedHashMap<>();
    yaml.settings().forEach((name, setting) -> {
      Optional<YamlValue> value = Optional.ofNullable(file.config().get(name)).filter(each -> each.content() != null);
      value.ifPresentOrElse(given -> given(name, setting, given, problems), () -> absent(name, setting, file, problems));
      value.map(setting::value).or(() -> Optional.ofNullable(setting.fallback())).ifPresent(each -> values.put(name, each));
    });
    file.config().forEach((name, value) -> {
      Setting setting = yaml.settings().get(name);
      if (setting == null) {
        unknown(name, value, yaml, notes);
      } else if (setting.secret() && value.content() != null && othersCanRead(file.file())) {
        notes.add("KIT-2014", value.line(), "setting '" + name + "' is a secret, and others than the host's user can read the file; take their"
            + " permission away (chmod 600)");
      }
      // Handed on as before: a connector's code may know more than its declaration.
      if (setting == null && value.content() != null) {
        values.put(name, value.plain());
      }
    });
    yaml.variables().forEach(variable -> check(variable, secrets, problems));
    return new InstanceConfig(file, new Settings(values), problems.lines(), notes.lines(), fingerprint(values, yaml, file));
  }

  private static void absent(String name, Setting setting, InstanceFile file, Problems problems) {
    if (setting.required() && setting.fallback() == null) {
      int line = Optional.ofNullable(file.config().get(name)).map(YamlValue::line).orElse(0);
      problems.add("KIT-2011", line, "setting '" + name + "' is missing" + about(setting.description()) + "; set config." + name);
    }
  }

  private static void given(String name, Setting setting, YamlValue value, Problems problems) {
    setting.broken(value).ifPresent(rule -> problems.add("KIT-2012", value.line(), "setting '" + name + "' is "
        + (setting.secret() || !value.scalar() ? value.kind() : Problems.quoted(value.text())) + " and must be " + rule));
  }

  /** Never with its value: it may be a secret in the wrong place. */
  private static void unknown(String name, YamlValue value, ConnectorYaml yaml, Problems notes) {
    if (yaml.variables().stream().anyMatch(variable -> variable.name().equalsIgnoreCase(name))) {
      notes.add("KIT-2014", value.line(), "secret '" + name + "' is not read here; delete the line and set the environment variable");
    } else {
      notes.add("KIT-2013", value.line(), "setting " + Problems.quoted(name) + " is unknown to the connector" + Nearest.hint(name, yaml.settings().keySet()));
    }
  }

  private static void check(ConnectorYaml.Variable variable, Secrets secrets, Problems problems) {
    try {
      if (variable.required() && secrets.find(variable.name()).isEmpty()) {
        problems.add("KIT-2015", 0, "environment variable " + variable.name() + " is not set" + about(variable.description())
            + "; set it in bin/setenv, or let " + variable.name() + "_FILE name a file that holds it, and restart the host");
      }
    } catch (KitException e) {
      problems.add(e.code(), 0, e.getMessage().substring(e.code().length() + 1));
    }
  }

  private static String about(String description) {
    return description.isEmpty() ? "" : " (" + description + ")";
  }

  private static boolean othersCanRead(Path file) {
    try {
      var permissions = Files.getPosixFilePermissions(file);
      return permissions.contains(PosixFilePermission.OTHERS_READ) || permissions.contains(PosixFilePermission.GROUP_READ);
    } catch (IOException | UnsupportedOperationException e) {
      return false;
    }
  }

  private static String fingerprint(Map<String, Object> values, ConnectorYaml yaml, InstanceFile file) {
    Map<String, Object> meaning = new TreeMap<>(values);
    yaml.settings().forEach((name, setting) -> {
      if (setting.secret()) {
        meaning.remove(name);
      }
    });
    return Canonical.text(List.of(meaning, file.tables().stream().map(TableOptions::toString).sorted().toList()));
  }
}
