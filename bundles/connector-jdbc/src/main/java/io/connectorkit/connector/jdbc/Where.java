package io.connectorkit.connector.jdbc;

import io.connectorkit.api.Filter;
import io.connectorkit.api.ReadRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The conditions of a request as SQL: what source and DuckDB decide alike, the rest is left to the host. */
final class Where {

  private static final Set<Filter.Operator> OF_TEXT = Set.of(Filter.Operator.EQ, Filter.Operator.IN);

  private final List<String> conditions = new ArrayList<>();
  private final String quote;
  private final Function<Object, Optional<String>> value;

  /**
   * Begins without conditions.
   *
   * @param value SQL that stands for a value; empty for one that cannot be told exactly
   */
  Where(String quote, Function<Object, Optional<String>> value) {
    this.quote = quote;
    this.value = value;
  }

  /** Adds what a request wants of the columns that can be compared. */
  Where of(ReadRequest request, Set<String> comparable) {
    request.watermark().ifPresent(mark -> request.table().incrementalColumn().ifPresent(column ->
        value.apply(mark.value()).ifPresent(lower -> and(TableId.quoted(column, quote) + " >= " + lower))));
    for (Filter filter : request.filters()) {
      String column = TableId.quoted(filter.column(), quote);
      if (filter.values().isEmpty()) {
        and(column + " " + filter.operator().symbol());
      } else if (comparable.contains(filter.column()) && alike(filter)) {
        List<Optional<String>> values = filter.values().stream().map(value).toList();
        if (values.stream().allMatch(Optional::isPresent)) {
          String list = values.stream().map(Optional::get).collect(Collectors.joining(", "));
          String symbol = filter.operator() == Filter.Operator.NE ? "<>" : filter.operator().symbol();
          and(column + " " + symbol + " " + (filter.operator() == Filter.Operator.IN ? "(" + list + ")" : list));
        }
      }
    }
    return this;
  }

  /** Each database orders texts in its own way, and some take a for A: then more rows come, which the host takes out again. */
  private static boolean alike(Filter filter) {
    return OF_TEXT.contains(filter.operator()) || filter.values().stream().noneMatch(String.class::isInstance);
  }

  void and(String condition) {
    conditions.add(condition);
  }

  /** The conditions with a blank and WHERE before them; empty if there are none. */
  String sql() {
    return conditions.isEmpty() ? "" : " WHERE " + String.join(" AND ", conditions);
  }
}
