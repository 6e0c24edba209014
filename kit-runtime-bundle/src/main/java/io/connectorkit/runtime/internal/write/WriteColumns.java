package io.connectorkit.runtime.internal.write;

import static io.connectorkit.runtime.internal.duckdb.DuckDb.identifier;

import io.connectorkit.api.TableInfo;
import io.connectorkit.api.WriteMode;
import io.connectorkit.host.KitException;
import io.connectorkit.runtime.internal.types.WriteTypes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * Which columns of a table a query fills, and how.
 *
 * @param schema the columns, in the table's order, as the connector gets them
 * @param expressions for each of them, over the query's result
 * @param required those that may not be null
 */
record WriteColumns(Schema schema, List<String> expressions, List<String> required) {

  /** A column of the query: as Arrow sees it, and DuckDB's name of its type. */
  record Given(Field field, String type) {}

  /**
   * Holds the query's columns against the table's.
   *
   * @throws KitException KIT-3042 if a column is missing or unknown, KIT-3043 if a type does not fit exactly
   */
  static WriteColumns of(TableInfo table, WriteMode mode, List<Given> query) {
    Map<String, Given> given = byTable(table, query);
    requireAll(table, mode, given);
    List<Field> fields = new ArrayList<>();
    List<String> expressions = new ArrayList<>();
    List<String> required = new ArrayList<>();
    for (Field field : table.schema().getFields()) {
      boolean key = mode.byKey() && table.primaryKey().contains(field.getName());
      if (!given.containsKey(field.getName()) || mode == WriteMode.DELETE && !key) {
        continue;
      }
      fields.add(WriteTypes.handedOut(field));
      expressions.add(expression(table, field, given.get(field.getName())));
      if (key || !field.isNullable()) {
        required.add(field.getName());
      }
    }
    return new WriteColumns(new Schema(fields), expressions, required);
  }

  /** The query's columns by the names that the table has for them: the same, but for case. */
  private static Map<String, Given> byTable(TableInfo table, List<Given> query) {
    List<String> names = table.schema().getFields().stream().map(Field::getName).toList();
    Map<String, Given> given = new LinkedHashMap<>();
    for (Given column : query) {
      String name = column.field().getName();
      String own = names.contains(name) ? name : names.stream().filter(name::equalsIgnoreCase).findFirst().orElseThrow(() -> new KitException(
          "KIT-3042", where(table) + "the query gives the column '" + name + "', which the table does not have; it has " + names
              + ": leave the column out, or give it one of these names with AS"));
      if (given.putIfAbsent(own, column) != null) {
        throw new KitException("KIT-3042", where(table) + "the query gives the column '" + own + "' twice; leave one of them out");
      }
    }
    return given;
  }

  private static void requireAll(TableInfo table, WriteMode mode, Map<String, Given> given) {
    List<String> needed = mode.byKey() ? table.primaryKey() : table.schema().getFields().stream()
        .filter(field -> !field.isNullable() && !table.primaryKey().contains(field.getName())).map(Field::getName).toList();
    List<String> missing = needed.stream().filter(name -> !given.containsKey(name)).toList();
    if (!missing.isEmpty()) {
      throw new KitException("KIT-3042", where(table) + "the query lacks the columns " + missing + ", " + (mode.byKey()
          ? "by which " + mode.label() + " finds rows; its primary key is " + table.primaryKey() : "which may not be null") + ": add them to the query");
    }
  }

  private static String expression(TableInfo table, Field field, Given given) {
    String name = field.getName();
    String type = WriteTypes.name(field).orElseThrow(() -> new KitException("KIT-3043", where(table) + "column '" + name + "' has the type "
        + field.getType() + ", whose values a query cannot give; leave the column out"));
    String column = identifier(given.field().getName());
    String cast = "CAST(" + column + " AS " + type + ") AS " + identifier(name);
    if (!WriteTypes.exact(given.field(), given.type(), field)) {
      throw new KitException("KIT-3043", where(table) + "column '" + name + "' is " + given.type() + " in the query and " + type
          + " in the table, which does not hold every such value; write " + cast + " in the query, which refuses what does not fit");
    }
    return cast;
  }

  /** The rows of the query's result, cast. */
  String select(String sql) {
    return "SELECT " + String.join(", ", expressions) + " FROM (\n" + sql + "\n)";
  }

  /** The names of the columns of the key. */
  static String list(List<String> names) {
    return names.stream().map(name -> identifier(name)).collect(Collectors.joining(", "));
  }

  static String where(TableInfo table) {
    return "write into '" + table.viewName() + "': ";
  }
}
