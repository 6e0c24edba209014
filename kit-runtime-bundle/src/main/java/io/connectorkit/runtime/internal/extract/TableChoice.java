package io.connectorkit.runtime.internal.extract;

import io.connectorkit.api.Capability;
import io.connectorkit.api.Names;
import io.connectorkit.api.TableInfo;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Which of the discovered tables a run reads.
 *
 * @param tables to read, each with a view name of its own
 * @param refused by name, with the reason
 */
public record TableChoice(List<TableInfo> tables, Map<String, String> refused) {

  /**
   * Chooses.
   *
   * @param wanted view names or source ids; empty for all that have the capability
   * @param declared the connector's capabilities
   * @param needed what is to be done with a table
   */
  public static TableChoice of(List<TableInfo> discovered, List<String> wanted, Set<Capability> declared,
      Function<TableInfo, Capability> needed) {
    Map<String, String> refused = new LinkedHashMap<>();
    Map<String, TableInfo> byView = new LinkedHashMap<>();
    Map<String, String> owners = new HashMap<>();
    for (TableInfo table : discovered) {
      String view = table.viewName().toLowerCase(Locale.ROOT);
      if (!Names.isView(table.viewName())) {
        refused.put(table.sourceId(), "KIT-3007 '" + table.viewName() + "' cannot be a view's name: use letters, digits and underscores,"
            + " no digit first, at most 63, and no name of the host's own");
      } else if (!declared.containsAll(table.capabilities())) {
        refused.put(table.sourceId(), "KIT-3025 table '" + table.viewName() + "' has the capabilities " + sorted(table.capabilities())
            + " and its connector declares " + sorted(declared) + "; a table can do no more than its connector: correct the connector");
      } else if (owners.putIfAbsent(view, table.sourceId()) != null) {
        refused.put(table.sourceId(), "KIT-3007 view '" + view + "' already belongs to '" + owners.get(view) + "'; give one of them another");
      } else if (table.schema().getFields().isEmpty()) {
        refused.put(table.viewName(), "KIT-3007 the table has no columns: " + table.description());
      } else {
        byView.put(view, table);
      }
    }
    if (wanted.isEmpty()) {
      return new TableChoice(byView.values().stream().filter(table -> table.capabilities().contains(needed.apply(table))).toList(), refused);
    }
    return chosen(byView, new LinkedHashSet<>(wanted), refused, needed);
  }

  private static TableChoice chosen(Map<String, TableInfo> byView, LinkedHashSet<String> wanted, Map<String, String> refused,
      Function<TableInfo, Capability> needed) {
    Map<String, TableInfo> chosen = new LinkedHashMap<>();
    Map<String, String> reasons = new LinkedHashMap<>();
    for (String name : wanted) {
      TableInfo table = byView.values().stream().filter(each -> each.sourceId().equals(name)).findFirst()
          .orElse(byView.get(name.toLowerCase(Locale.ROOT)));
      if (table == null) {
        reasons.put(name, refused.getOrDefault(name, "KIT-3008 the source has no table '" + name + "'; it has "
            + byView.keySet().stream().limit(20).toList()));
      } else if (!table.capabilities().contains(needed.apply(table))) {
        reasons.put(name, "KIT-3008 table '" + name + "' lacks the capability " + needed.apply(table).label() + "; it has the capabilities "
            + sorted(table.capabilities()));
      } else {
        chosen.put(table.viewName(), table);
      }
    }
    return new TableChoice(new ArrayList<>(chosen.values()), reasons);
  }

  private static Set<Capability> sorted(Set<Capability> capabilities) {
    return new TreeSet<>(capabilities);
  }
}
