package io.connectorkit.runtime.internal.config;

import io.connectorkit.declaration.ConnectorYaml;
import io.connectorkit.declaration.Problems;
import io.connectorkit.declaration.SafeYaml;
import io.connectorkit.host.InstanceSettings;
import io.connectorkit.host.KitException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.Yaml;

/** A configuration file as a document that can be shown and written anew. */
public final class InstanceDocument {

  private static final String CONFIG = "config";
  /** Missing in the environment, and no fault of the document. */
  private static final Pattern ENVIRONMENT = Pattern.compile("KIT-(2015|2005) .*", Pattern.DOTALL);

  private InstanceDocument() {}

  /** The keys of a file; empty if it cannot be read as YAML. */
  public static Map<String, Object> read(Path file) {
    try (InputStream stream = Files.newInputStream(file)) {
      return map(SafeYaml.read(stream, new Problems(InstanceFile.where(file.getFileName().toString()))).plain());
    } catch (IOException e) {
      throw new KitException("KIT-2003", InstanceFile.where(file.getFileName().toString()) + " cannot be read (" + e.getClass().getSimpleName() + ")", e);
    }
  }

  /** Writes a document as YAML. */
  public static String text(Map<String, Object> document) {
    DumperOptions options = new DumperOptions();
    options.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
    options.setSplitLines(false);
    return new Yaml(options).dump(document);
  }

  /** A document with the settings of another one that its reader did not get to see. */
  public static Map<String, Object> merged(Map<String, Object> wanted, Map<String, Object> before, Optional<ConnectorYaml> yaml) {
    Map<String, Object> settings = new LinkedHashMap<>(map(wanted.get(CONFIG)));
    map(before.get(CONFIG)).forEach((name, value) -> {
      if (hidden(name, value, yaml)) {
        settings.putIfAbsent(name, value);
      }
    });
    map(wanted.get(CONFIG)).forEach((name, value) -> {
      if (value == null) {
        settings.remove(name);
      }
    });
    Map<String, Object> merged = new LinkedHashMap<>(wanted);
    if (!settings.isEmpty() || wanted.containsKey(CONFIG)) {
      merged.put(CONFIG, settings);
    }
    return merged;
  }

  /** What may be shown of a file, and what is wrong with it. */
  public static InstanceSettings view(Path file, Optional<ConnectorYaml> yaml, Secrets secrets) {
    Map<String, Object> document = new LinkedHashMap<>(read(file));
    Map<String, Object> shown = new LinkedHashMap<>();
    TreeSet<String> hidden = new TreeSet<>();
    map(document.get(CONFIG)).forEach((name, value) -> {
      if (hidden(name, value, yaml)) {
        hidden.add(name);
      } else {
        shown.put(name, value);
      }
    });
    if (document.containsKey(CONFIG)) {
      document.put(CONFIG, shown);
    }
    Problems problems = new Problems(InstanceFile.where(file.getFileName().toString()));
    InstanceFile read = InstanceFile.read(file, problems);
    List<String> wrong = new ArrayList<>(problems.lines());
    List<String> notes = new ArrayList<>();
    if (wrong.isEmpty() && yaml.isPresent()) {
      InstanceConfig config = InstanceConfig.check(read, yaml.get(), secrets);
      config.problems().forEach(problem -> (ENVIRONMENT.matcher(problem).matches() ? notes : wrong).add(problem));
      notes.addAll(config.notes());
    }
    return new InstanceSettings(InstanceFile.instanceOf(file), document, List.copyOf(hidden), wrong, notes);
  }

  private static boolean hidden(String name, Object value, Optional<ConnectorYaml> yaml) {
    return Confidential.hides(yaml.map(each -> each.settings().get(name)).orElse(null), value);
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> map(Object value) {
    return value instanceof Map ? (Map<String, Object>) value : Map.of();
  }
}
