package io.connectorkit.runtime.internal.config;

import io.connectorkit.api.Names;
import io.connectorkit.api.TableInfo;
import io.connectorkit.host.KitException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The configuration of one instance: {@code etc/connectors/<instance>.yaml}.
 *
 * @param instance name of the instance and of the file
 * @param file where it stands; null for an instance that needs no file
 * @param connector name of the connector
 * @param config settings as written
 * @param tables what to extract, and how; empty for all
 */
public record InstanceFile(String instance, Path file, String connector, Map<String, Object> config, List<TableOptions> tables) {

  private static final String SUFFIX = ".yaml";
  private static final Set<String> KEYS = Set.of("connector", "config", "tables");

  /** The instance of a connector that needs no configuration. */
  static InstanceFile none(String connector) {
    return new InstanceFile(connector, null, connector, Map.of(), List.of());
  }

  /** The files in a folder, by name; a folder that does not exist has none. */
  public static List<Path> in(Path folder) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.getFileName().toString().endsWith(SUFFIX) && !file.getFileName().toString().startsWith("."))
          .sorted().toList();
    } catch (IOException e) {
      throw new KitException("KIT-2003", folder + " cannot be listed: " + e.getMessage(), e);
    }
  }

  /** The instance that a file configures. */
  public static String instanceOf(Path file) {
    String name = file.getFileName().toString();
    return name.substring(0, name.length() - SUFFIX.length());
  }

  /**
   * Reads a file.
   *
   * @throws KitException KIT-2001 to KIT-2004 naming what is wrong
   */
  public static InstanceFile read(Path file) {
    String instance = instanceOf(file);
    if (!Names.isInstance(instance)) {
      throw new KitException("KIT-2004", file + ": '" + instance
          + "' cannot be an instance's name: it becomes a schema in SQL; use lower-case letters, digits and underscores, a letter first,"
          + " and no word that DuckDB reserves");
    }
    try (InputStream stream = Files.newInputStream(file)) {
      Map<String, Object> map = SafeYaml.read(stream, file.toString());
      map.keySet().stream().filter(key -> !KEYS.contains(key)).findFirst().ifPresent(key -> {
        throw new KitException("KIT-2002", file + ": unknown key '" + key + "'; known are " + KEYS.stream().sorted().toList());
      });
      if (!(map.get("connector") instanceof String connector)) {
        throw new KitException("KIT-2002", file + ": 'connector' must name the connector");
      }
      return new InstanceFile(instance, file, connector, SafeYaml.section(map, "config", file.toString()), TableOptions.read(map.get("tables"), file));
    } catch (IOException e) {
      throw new KitException("KIT-2003", file + " cannot be read: " + e.getMessage(), e);
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
