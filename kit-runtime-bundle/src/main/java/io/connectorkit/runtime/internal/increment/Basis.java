package io.connectorkit.runtime.internal.increment;

import io.connectorkit.api.TableInfo;
import io.connectorkit.runtime.internal.config.Strategy;
import io.connectorkit.runtime.internal.config.TableOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** All that a watermark depends on: rows that were read under one basis say nothing about another. */
final class Basis {

  private Basis() {}

  /**
   * The basis of a table, {@code name=value} line by line.
   *
   * @param settings a digest of the instance's settings, secrets left out
   */
  static String of(TableInfo table, TableOptions options, Strategy strategy, String settings) {
    Map<String, Object> parts = new TreeMap<>();
    parts.put("source", table.sourceId());
    parts.put("key", table.primaryKey());
    parts.put("incremental column", table.incrementalColumn().orElse(""));
    parts.put("tombstone column", table.tombstoneColumn().orElse(""));
    parts.put("partition column", table.partitionColumn().orElse(""));
    parts.put("strategy", strategy.label());
    parts.put("columns", options.columns());
    parts.put("filters", options.filters());
    parts.put("settings", settings);
    return parts.entrySet().stream().map(part -> part.getKey() + "=" + oneLine(part.getValue())).collect(Collectors.joining("\n"));
  }

  private static String oneLine(Object value) {
    return String.valueOf(value).replace("\\", "\\\\").replace("\n", "\\n");
  }

  /** The names of the parts that differ. */
  static List<String> changed(String before, String after) {
    Map<String, String> old = parts(before);
    List<String> names = new ArrayList<>();
    parts(after).forEach((name, value) -> {
      if (!value.equals(old.getOrDefault(name, ""))) {
        names.add(name);
      }
    });
    return names;
  }

  private static Map<String, String> parts(String basis) {
    return basis.lines().map(line -> line.split("=", 2)).collect(Collectors.toMap(part -> part[0], part -> part.length > 1 ? part[1] : "",
        (one, other) -> one, TreeMap::new));
  }
}
