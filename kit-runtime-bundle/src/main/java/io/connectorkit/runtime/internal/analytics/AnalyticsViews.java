package io.connectorkit.runtime.internal.analytics;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What {@code analytics.duckdb} holds: a schema for each source, and views on the Parquet files themselves, so that any DuckDB client can
 * open it alone. A table is in the schema of its source; the first source that has one of that name has it in {@code main} as well.
 *
 * @param selects SQL of each view
 * @param hidden which tables cannot be reached without their schema, and why
 */
record AnalyticsViews(Set<String> schemas, Map<Name, String> selects, Set<String> hidden) {

  static final AnalyticsViews NONE = new AnalyticsViews(Set.of(), Map.of(), Set.of());

  private static final String MAIN = "main";

  /** Where a view is. */
  record Name(String schema, String view) {}

  /**
   * The views that belong to what is published.
   *
   * @param sources for each, SQL of its tables
   */
  static AnalyticsViews of(Map<String, Map<String, String>> sources) {
    Map<Name, String> selects = new LinkedHashMap<>();
    Map<String, String> owners = new LinkedHashMap<>();
    Map<Name, List<String>> hidden = new LinkedHashMap<>();
    sources.forEach((source, tables) -> tables.forEach((table, select) -> {
      selects.put(new Name(source, table), select);
      String owner = owners.putIfAbsent(table, source);
      if (owner == null) {
        selects.put(new Name(MAIN, table), select);
      } else {
        hidden.computeIfAbsent(new Name(source, owner), key -> new ArrayList<>()).add(table);
      }
    }));
    return new AnalyticsViews(Set.copyOf(sources.keySet()), selects, hidden.entrySet().stream().map(each -> String.join(", ", each.getValue())
        + " of " + each.getKey().schema() + " can be reached with that schema only; without it they are those of " + each.getKey().view())
        .collect(Collectors.toCollection(LinkedHashSet::new)));
  }
}
