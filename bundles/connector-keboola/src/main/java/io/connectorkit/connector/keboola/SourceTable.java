package io.connectorkit.connector.keboola;

import io.connectorkit.api.Capability;
import io.connectorkit.api.ConnectorException;
import io.connectorkit.api.Names;
import io.connectorkit.api.Settings;
import io.connectorkit.api.TableInfo;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;

/** Tables as the API describes them, and as the host does. */
final class SourceTable {

  /** Key of the field metadata with a column's name at the source. */
  private static final String COLUMN = "connectorkit.keboola.column";

  private SourceTable() {}

  static List<TableInfo> infos(List<Map<String, Object>> tables, Settings settings) {
    Map<String, Long> views = tables.stream().collect(Collectors.groupingBy(table -> Names.toView(id(table)), Collectors.counting()));
    return tables.stream().sorted(Comparator.comparing(SourceTable::id)).map(table -> {
      String view = Names.toView(id(table));
      // Ids that differ only in what no name in SQL can have; whatever comes or goes beside them, the name of each stays.
      String name = views.get(view) == 1 ? view : view.substring(0, Math.min(54, view.length())) + String.format("_%08x", id(table).hashCode());
      return info(table, name, TableSettings.of(settings, id(table)).types());
    }).toList();
  }

  static String id(Map<String, Object> table) {
    return StorageApi.text(table, "id");
  }

  private static TableInfo info(Map<String, Object> table, String view, Map<String, ArrowType> declared) {
    Map<String, String> names = names(StorageApi.list(table.get("columns"), "'" + id(table) + "', columns"));
    Set<String> absent = new HashSet<>(declared.keySet());
    absent.removeAll(names.keySet());
    if (!absent.isEmpty()) {
      throw ConnectorException.permanent("setting tables." + id(table) + ".types names the columns " + absent + "; the table has " + names.keySet(), null);
    }
    TableInfo.Builder builder = TableInfo.table(id(table)).as(view).describedAs(description(table))
        .can(EnumSet.of(Capability.READ, Capability.REMOTE));
    List<?> key = table.get("primaryKey") instanceof List<?> columns ? columns : List.of();
    key.forEach(column -> builder.key(names.get(String.valueOf(column))));
    names.forEach((column, name) -> {
      List<Map<String, Object>> metadata = metadata(table, column);
      ArrowType type = declared.containsKey(column) ? declared.get(column) : ColumnType.of(metadata);
      Map<String, String> notes = new LinkedHashMap<>();
      metadata.stream().filter(each -> "KBC.description".equals(each.get("key"))).findFirst()
          .ifPresent(each -> notes.put(TableInfo.DESCRIPTION, String.valueOf(each.get("value"))));
      notes.put(COLUMN, column);
      builder.column(new Field(name, new FieldType(!key.contains(column), type, null, notes), null));
    });
    return builder.build();
  }

  /** Names in SQL by those at the source, which may differ in case only. */
  private static Map<String, String> names(List<?> columns) {
    Map<String, String> names = new LinkedHashMap<>();
    Set<String> taken = new HashSet<>();
    columns.forEach(column -> taken.add(lower(String.valueOf(column))));
    Map<String, Integer> count = new HashMap<>();
    for (Object each : columns) {
      String column = String.valueOf(each);
      String name = column;
      while (count.merge(lower(column), 1, Integer::sum) > 1) {
        name = column + "_" + count.get(lower(column));
        if (taken.add(lower(name))) {
          break;
        }
      }
      names.put(column, name);
    }
    return names;
  }

  private static String lower(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  private static String description(Map<String, Object> table) {
    String said = said(table.get("metadata")).stream().filter(each -> "KBC.description".equals(each.get("key")))
        .map(each -> String.valueOf(each.get("value"))).findFirst().orElse("");
    String kind = Boolean.TRUE.equals(table.get("isAlias")) ? "Alias " : table.get("bucket") instanceof Map<?, ?> bucket
        && bucket.containsKey("sourceBucket") ? "Table of a linked bucket, " : "Table ";
    return said.isEmpty() ? kind + id(table) : said;
  }

  /** What is said of a column; of an alias's, at the table behind it. */
  private static List<Map<String, Object>> metadata(Map<String, Object> table, String column) {
    List<Map<String, Object>> own = of(table, column);
    return own.isEmpty() && table.get("sourceTable") instanceof Map<?, ?> source ? of(source, column) : own;
  }

  private static List<Map<String, Object>> of(Map<?, ?> table, String column) {
    return table.get("columnMetadata") instanceof Map<?, ?> columns ? said(columns.get(column)) : List.of();
  }

  private static List<Map<String, Object>> said(Object metadata) {
    return metadata instanceof List<?> list ? list.stream().map(each -> StorageApi.object(each, "metadata")).toList() : List.of();
  }

  /** Names at the source. */
  static List<String> sourceColumns(TableInfo table, List<String> names) {
    return names.stream().map(name -> table.schema().findField(name).getMetadata().get(COLUMN)).toList();
  }
}
