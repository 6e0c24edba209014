package io.connectorkit.runtime.internal.config;

import io.connectorkit.host.KitException;
import io.connectorkit.runtime.internal.schema.SchemaPolicy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What an operator wants of one table.
 *
 * @param table view name or source id; {@link #ALL} for every table that is not named
 * @param schemaPolicy when columns change
 * @param minRatio the part of the last published rows below which a run's rows are not believed; 0 for no limit
 */
public record TableOptions(String table, SchemaPolicy schemaPolicy, double minRatio) {

  /** Stands for every table that is not named. */
  public static final String ALL = "*";

  private static final Set<String> KEYS = Set.of("schema_changes", "min_ratio");

  /** A table without wishes. */
  public static TableOptions none(String table) {
    return new TableOptions(table, SchemaPolicy.EVOLVE, 0);
  }

  /** The section {@code tables}: a list of names, or a mapping from name to options. */
  static List<TableOptions> read(Object section, Path file) {
    if (section == null) {
      return List.of();
    }
    if (section instanceof List<?> names) {
      return names.stream().map(String::valueOf).distinct().map(TableOptions::none).toList();
    }
    if (!(section instanceof Map<?, ?> map)) {
      throw new KitException("KIT-2002", file + ": 'tables' must be a list of table names, or a mapping from names to options");
    }
    List<TableOptions> options = new ArrayList<>();
    map.forEach((name, value) -> options.add(read(String.valueOf(name), value == null ? Map.of() : value, file + ": 'tables." + name)));
    return options;
  }

  private static TableOptions read(String name, Object value, String where) {
    if (!(value instanceof Map<?, ?> map)) {
      throw new KitException("KIT-2002", where + "' must be a mapping of options");
    }
    map.keySet().stream().filter(key -> !KEYS.contains(String.valueOf(key))).findFirst().ifPresent(key -> {
      throw new KitException("KIT-2002", where + "." + key + "' is unknown; known are " + KEYS.stream().sorted().toList());
    });
    Object label = map.get("schema_changes");
    SchemaPolicy policy = label == null ? SchemaPolicy.EVOLVE : SchemaPolicy.ofLabel(String.valueOf(label)).orElseThrow(() ->
        new KitException("KIT-2002", where + ".schema_changes' is '" + label + "' and must be evolve, freeze or discard_columns"));
    Object ratio = map.get("min_ratio");
    if (ratio != null && !(ratio instanceof Number number && number.doubleValue() >= 0 && number.doubleValue() <= 1)) {
      throw new KitException("KIT-2002", where + ".min_ratio' is '" + ratio + "' and must be a number from 0 to 1");
    }
    return new TableOptions(name, policy, ratio == null ? 0 : ((Number) ratio).doubleValue());
  }
}
