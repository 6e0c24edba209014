package io.connectorkit.runtime.internal.analytics;

import io.connectorkit.runtime.internal.store.ExtractContent;
import io.connectorkit.runtime.internal.store.TableRecord;
import io.connectorkit.runtime.internal.store.TableView;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * What {@code analytics.duckdb} holds: a schema for each source, and views on the Parquet files themselves, so that any DuckDB client can
 * open it alone. A table is in the schema of its source; the first source that has one of that name has it in {@code main} as well.
 *
 * @param selects SQL of each view
 * @param hidden tables that cannot be reached without their schema, each with the reason
 */
record AnalyticsViews(Set<String> schemas, Map<Name, String> selects, Set<String> hidden) {

  static final AnalyticsViews NONE = new AnalyticsViews(Set.of(), Map.of(), Set.of());

  /** Where a view is. */
  record Name(String schema, String view) {}

  /** The views that belong to what is published. */
  static AnalyticsViews of(Path extracts, Map<String, ExtractContent> contents) {
    Map<Name, String> selects = new LinkedHashMap<>();
    Map<String, String> owners = new LinkedHashMap<>();
    Set<String> hidden = new LinkedHashSet<>();
    contents.forEach((source, content) -> {
      for (TableRecord table : content.tables()) {
        String select = TableView.select(extracts.resolve(source), table);
        selects.put(new Name(source, table.table()), select);
        String owner = owners.putIfAbsent(table.table(), source);
        if (owner == null) {
          selects.put(new Name("main", table.table()), select);
        } else {
          hidden.add("'" + table.table() + "' alone means " + owner + "." + table.table() + "; that of " + source + " is " + source + "."
              + table.table());
        }
      }
    });
    return new AnalyticsViews(Set.copyOf(contents.keySet()), selects, hidden);
  }
}
