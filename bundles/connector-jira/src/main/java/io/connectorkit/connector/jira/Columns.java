package io.connectorkit.connector.jira;

import io.connectorkit.api.ConnectorException;
import io.connectorkit.api.TableInfo;
import io.connectorkit.api.Types;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.apache.arrow.vector.types.pojo.ArrowType;

/** The columns of a table, and where in Jira's JSON their values lie. */
final class Columns {

  private record Column(ArrowType type, String path, UnaryOperator<Object> value) {}

  private final Map<String, Column> columns = new LinkedHashMap<>();

  /** Texts, as pairs of column and path. */
  Columns texts(String... pairs) {
    for (int i = 0; i < pairs.length; i += 2) {
      add(pairs[i], Types.text(), pairs[i + 1], Values::text);
    }
    return this;
  }

  Columns time(String name, String path) {
    return add(name, Types.instant(), path, Values::time);
  }

  Columns number(String name, String path) {
    return add(name, Types.int64(), path, value -> value);
  }

  /** A text that does not stand in the JSON; null where nobody gives it. */
  Columns given(String name) {
    return add(name, Types.text(), "", value -> null);
  }

  Columns add(String name, ArrowType type, String path, UnaryOperator<Object> value) {
    if (columns.keySet().stream().anyMatch(name::equalsIgnoreCase)) {
      throw ConnectorException.permanent("the table has a column '" + name + "' already; give the one in the settings another name", null);
    }
    columns.put(name, new Column(type, path, value));
    return this;
  }

  /** Begins a table with these columns; each has its path as description. */
  TableInfo.Builder table(String name, String... key) {
    TableInfo.Builder table = TableInfo.table(name).describedAs("Jira " + name).key(key);
    columns.forEach((column, its) -> table.column(column, its.type(), its.path()));
    return table;
  }

  List<String> paths() {
    return columns.values().stream().map(Column::path).toList();
  }

  /** The row of a JSON object, with values that do not stand in it. */
  Map<String, Object> row(Object json, Map<String, ?> given) {
    Map<String, Object> row = new LinkedHashMap<>();
    columns.forEach((name, column) -> row.put(name, column.path().isEmpty() ? given.get(name) : column.value().apply(Json.at(json, column.path()))));
    return row;
  }
}
