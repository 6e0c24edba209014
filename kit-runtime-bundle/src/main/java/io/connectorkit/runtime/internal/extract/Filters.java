package io.connectorkit.runtime.internal.extract;

import static io.connectorkit.runtime.internal.duckdb.DuckDb.identifier;
import static io.connectorkit.runtime.internal.duckdb.DuckDb.literal;

import io.connectorkit.api.Filter;
import io.connectorkit.api.TableInfo;
import io.connectorkit.host.KitException;
import io.connectorkit.runtime.internal.types.DeliveredTypes;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;

/** The operator's filters on a table: typed as its columns are, and as SQL, so that the host can apply what a connector does not. */
final class Filters {

  private Filters() {}

  /**
   * The filters with values of the columns' types.
   *
   * @throws KitException KIT-3022 naming the column that is absent, or whose type cannot have the value
   */
  static List<Filter> typed(TableInfo table, List<Filter> filters) {
    return filters.stream().map(filter -> typed(table, filter)).toList();
  }

  private static Filter typed(TableInfo table, Filter filter) {
    String where = "table '" + table.viewName() + "', filter '" + filter + "': ";
    Field field = table.schema().getFields().stream().filter(each -> each.getName().equals(filter.column())).findFirst().orElseThrow(() ->
        new KitException("KIT-3022", where + "there is no such column; there are " + table.schema().getFields().stream().map(Field::getName).toList()));
    try {
      return new Filter(filter.column(), filter.operator(), filter.values().stream().map(value -> typed(value, field.getType())).toList());
    } catch (RuntimeException e) {
      throw new KitException("KIT-3022", where + "the column is of type " + field.getType() + "; give a value of that type", e);
    }
  }

  private static Object typed(Object value, ArrowType type) {
    if (!DeliveredTypes.comparable(type)) {
      throw new IllegalArgumentException("type " + type + " is stored as another one");
    }
    String text = String.valueOf(value);
    if (type instanceof ArrowType.Utf8) {
      return text;
    }
    if (type instanceof ArrowType.Bool && value instanceof Boolean) {
      return value;
    }
    if (type instanceof ArrowType.Int) {
      return new BigDecimal(text).longValueExact();
    }
    if (type instanceof ArrowType.Decimal || type instanceof ArrowType.FloatingPoint) {
      return new BigDecimal(text);
    }
    if (type instanceof ArrowType.Date) {
      return LocalDate.parse(text);
    }
    if (type instanceof ArrowType.Timestamp timestamp && timestamp.getTimezone() == null) {
      return LocalDateTime.parse(moment(text).replaceFirst("Z$", ""));
    }
    if (type instanceof ArrowType.Timestamp) {
      return Instant.parse(moment(text).replaceFirst("(T[0-9:.]+)$", "$1Z"));
    }
    throw new IllegalArgumentException("type " + type + " cannot be filtered on");
  }

  /** As the standard writes it: a day is its beginning, and a T stands between date and time. */
  private static String moment(String text) {
    return text.length() == 10 ? text + "T00:00:00" : text.replaceFirst("^(\\S{10}) ", "$1T");
  }

  /** SQL that holds for the rows that pass all of them; empty if there are none. */
  static String sql(List<Filter> typed) {
    return typed.stream().map(Filters::sql).collect(Collectors.joining(" AND "));
  }

  private static String sql(Filter filter) {
    String values = filter.values().stream().map(Filters::sql).collect(Collectors.joining(", "));
    return identifier(filter.column()) + " " + filter.operator().symbol() + (filter.operator() == Filter.Operator.IN ? " (" + values + ")" : " " + values);
  }

  private static String sql(Object value) {
    if (value instanceof LocalDate) {
      return "DATE '" + value + "'";
    }
    if (value instanceof LocalDateTime) {
      return "TIMESTAMP '" + value + "'";
    }
    if (value instanceof Instant) {
      return "TIMESTAMPTZ '" + value + "'";
    }
    return value instanceof BigDecimal number ? number.toPlainString() : value instanceof String text ? literal(text) : String.valueOf(value);
  }
}
