package io.connectorkit.runtime.internal.config;

import io.connectorkit.api.Names;
import io.connectorkit.api.TableInfo;
import io.connectorkit.declaration.OptionReader;
import io.connectorkit.declaration.Problems;
import io.connectorkit.declaration.SafeYaml;
import io.connectorkit.declaration.WebhookSection;
import io.connectorkit.declaration.YamlValue;
import io.connectorkit.host.KitException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The configuration of one instance: {@code etc/connectors/<instance>.yaml}.
 *
 * @param instance name of the instance and of the file
 * @param file where it stands; null for an instance that needs no file
 * @param connector name of the connector
 * @param config settings as written
 * @param tables what to extract, and how; empty for all
 * @param schedule when to extract by itself; empty for never
 * @param writes what may be written
 * @param webhook where events are signed in another way than the connector says; empty for as it says
 */
public record InstanceFile(String instance, Path file, String connector, Map<String, YamlValue> config, List<TableOptions> tables,
    Optional<Schedule> schedule, Writable writes, Optional<WebhookSection> webhook) {

  private static final String SUFFIX = ".yaml";
  private static final Pattern YAML = Pattern.compile("(.+)\\.ya?ml", Pattern.CASE_INSENSITIVE);
  private static final Set<String> KEYS = Set.of("connector", "config", "tables", "schedule", "writes", "webhook");

  /** The instance of a connector that needs no configuration. */
  static InstanceFile none(String connector) {
    return new InstanceFile(connector, null, connector, Map.of(), List.of(), Optional.empty(), Writable.NONE, Optional.empty());
  }

  /** The files in a folder that are configuration, or were meant to be, by name; a folder that does not exist has none. */
  public static List<Path> in(Path folder) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> YAML.matcher(name(file)).matches() && !name(file).startsWith(".")).sorted().toList();
    } catch (IOException e) {
      throw new KitException("KIT-2003", folder + " cannot be listed: " + e.getMessage(), e);
    }
  }

  private static String name(Path file) {
    return file.getFileName().toString();
  }

  /** How messages call a file: as its place in the product. */
  static String where(String name) {
    return "etc/connectors/" + name;
  }

  /** The instance that a file configures. */
  public static String instanceOf(Path file) {
    return name(file).substring(0, name(file).lastIndexOf('.'));
  }

  /** Reads a file as far as it is sound; all that is wrong with it goes to the problems. */
  static InstanceFile read(Path file, Problems problems) {
    String instance = instanceOf(file);
    if (!name(file).endsWith(SUFFIX)) {
      problems.add("KIT-2010", 0, "the name of a configuration ends in " + SUFFIX + "; rename the file to " + instance.toLowerCase(Locale.ROOT) + SUFFIX);
    } else if (!Names.isInstance(instance)) {
      problems.add("KIT-2004", 0, Problems.quoted(instance) + " cannot be an instance's name: it becomes a schema in SQL; use lower-case letters,"
          + " digits and underscores, a letter first, and no word that DuckDB reserves");
    }
    OptionReader options = new OptionReader(problems, "", document(file, problems));
    if (options.entries().isEmpty()) {
      // Where it could not be read at all, that has been said.
      if (problems.lines().isEmpty()) {
        options.add(1, "the file is empty; it needs at least 'connector: NAME'");
      }
      return new InstanceFile(instance, file, "", Map.of(), List.of(), Optional.empty(), Writable.NONE, Optional.empty());
    }
    options.only(KEYS);
    return new InstanceFile(instance, file, options.required("connector"), options.section("config").entries(), TableOptions.read(options),
        Schedule.read(options), Writable.read(options), options.find("webhook").map(each -> WebhookSection.read(options.section("webhook"))));
  }

  private static YamlValue document(Path file, Problems problems) {
    // Anything else than a file might never come to its end.
    if (Files.exists(file) && !Files.isRegularFile(file)) {
      problems.add("KIT-2003", 0, "is a folder or a device; put a file here");
      return YamlValue.empty(0);
    }
    try (InputStream stream = Files.newInputStream(file)) {
      return SafeYaml.read(stream, problems);
    } catch (IOException e) {
      problems.add("KIT-2003", 0, "cannot be read (" + e.getClass().getSimpleName() + "); check the file and its permissions");
      return YamlValue.empty(0);
    }
  }

  /** The names of the tables to extract; empty for all. */
  public List<String> tableNames() {
    List<String> names = tables.stream().map(TableOptions::table).toList();
    return names.contains(TableOptions.ALL) ? List.of() : names;
  }

  /** What is wanted of a table. */
  public TableOptions options(TableInfo table) {
    return named(table.sourceId()).or(() -> named(table.viewName())).or(() -> named(TableOptions.ALL))
        .orElseGet(() -> TableOptions.none(table.viewName()));
  }

  private Optional<TableOptions> named(String name) {
    return tables.stream().filter(options -> options.table().equals(name)).findFirst();
  }
}
