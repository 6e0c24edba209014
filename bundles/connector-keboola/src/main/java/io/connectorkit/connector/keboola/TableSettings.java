package io.connectorkit.connector.keboola;

import io.connectorkit.api.ConnectorContext;
import io.connectorkit.api.ConnectorException;
import io.connectorkit.api.Settings;
import io.connectorkit.api.TableInfo;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.arrow.vector.types.pojo.ArrowType;

/**
 * What the operator wants of one table.
 *
 * @param filters as they are written, in order
 * @param types by name at the source
 * @param windowDays length of the windows of a first load; 0 for one export of all
 * @param overlap read again below the last position
 */
record TableSettings(List<?> filters, Map<String, ArrowType> types, int windowDays, Duration overlap) {

  private static final Set<String> KEYS = Set.of("where", "types", "window_days");

  static TableSettings of(Settings settings, String id) {
    Settings table = settings.section("tables").section(id);
    String where = "setting tables." + id;
    Set<String> unknown = new TreeSet<>(table.values().keySet());
    unknown.removeAll(KEYS);
    if (!unknown.isEmpty()) {
      throw ConnectorException.permanent(where + " has " + unknown + "; a table's options are " + new TreeSet<>(KEYS), null);
    }
    Map<String, ArrowType> types = new LinkedHashMap<>();
    table.section("types").values().forEach((column, type) -> types.put(column, ColumnType.parse(String.valueOf(type)).orElseThrow(() ->
        ConnectorException.permanent(where + ".types." + column + " is '" + type + "'; it must be VARCHAR, BIGINT, DECIMAL(p,s), DOUBLE, BOOLEAN, DATE,"
            + " TIMESTAMP or TIMESTAMPTZ", null))));
    return new TableSettings(filters(table.values().get("where"), where), types, days(table, where),
        Duration.ofMinutes(Long.parseLong(settings.find("overlap_minutes").orElse("60"))));
  }

  private static List<?> filters(Object where, String name) {
    if (where == null || where instanceof List<?>) {
      return where == null ? List.of() : (List<?>) where;
    }
    throw ConnectorException.permanent(name + ".where must be a list of {column, operator, values}", null);
  }

  private static int days(Settings table, String where) {
    String days = table.find("window_days").orElse("0");
    if (!days.matches("\\d{1,5}")) {
      throw ConnectorException.permanent(where + ".window_days must be a number of days", null);
    }
    return Integer.parseInt(days);
  }

  /**
   * Whether changes can be read alone: with a key, by which they find their rows, and without filters, since a row that passes them no longer
   * would stay.
   */
  boolean incremental(TableInfo table) {
    return !table.primaryKey().isEmpty() && filters.isEmpty();
  }

  /** The filters as parameters of an export. */
  Map<String, Object> where(Clock clock) {
    return new WhereFilters(clock).form(filters);
  }

  /** A table that is gone must not take the others down; a misspelt one should not pass unseen. */
  static void warnOfUnknown(ConnectorContext context, List<Map<String, Object>> tables) {
    Set<String> named = new TreeSet<>(context.settings().section("tables").values().keySet());
    tables.forEach(table -> named.remove(SourceTable.id(table)));
    if (!named.isEmpty()) {
      context.log().log(Level.WARNING, "setting tables names {0}, which the source does not have; ids are those of Keboola, such as in.c-main.orders", named);
    }
  }
}
