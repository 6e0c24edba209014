package io.connectorkit.contract;

import io.connectorkit.api.Filter;
import io.connectorkit.api.TableInfo;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;

/** Filters and watermarks that fit rows which were read. */
final class Conditions {

  private Conditions() {}

  /** Some filters, each on another column. */
  static List<Filter> of(TableInfo table, Rows sample) {
    List<Filter> filters = new ArrayList<>();
    for (Field field : table.schema().getFields()) {
      if (!sample.names().contains(field.getName())) {
        continue;
      }
      List<Object> values = sorted(sample, field.getName());
      if (values.isEmpty()) {
        continue;
      }
      Object middle = values.get(values.size() / 2);
      Filter.Operator operator = middle instanceof String || middle instanceof Boolean ? Filter.Operator.EQ
          : filters.size() % 2 == 0 ? Filter.Operator.GE : Filter.Operator.LE;
      filters.add(new Filter(field.getName(), operator, List.of(middle)));
    }
    return filters;
  }

  /** The values of a column as filters and watermarks hold them, in order; none if its type has no place there. */
  static List<Object> sorted(Rows sample, String column) {
    int place = sample.names().indexOf(column);
    if (place < 0) {
      return List.of();
    }
    ArrowType type = sample.columns.get(place).getType();
    return sample.rows.stream().map(row -> comparable(row.get(place), type)).flatMap(Optional::stream).sorted(Conditions::compare)
        .map(Object.class::cast).toList();
  }

  /** The rows that pass. */
  static List<List<Object>> passing(Rows sample, Filter filter) {
    int place = sample.names().indexOf(filter.column());
    ArrowType type = sample.columns.get(place).getType();
    return sample.rows.stream().filter(row -> comparable(row.get(place), type).filter(value -> passes(value, filter)).isPresent()).toList();
  }

  private static boolean passes(Object value, Filter filter) {
    int order = compare(value, filter.values().get(0));
    return switch (filter.operator()) {
      case EQ -> order == 0;
      case GE -> order >= 0;
      case LE -> order <= 0;
      default -> throw new IllegalArgumentException(Objects.toString(filter));
    };
  }

  private static Optional<Object> comparable(Object value, ArrowType type) {
    if (value == null) {
      return Optional.empty();
    }
    if (type instanceof ArrowType.Int whole && (whole.getIsSigned() || whole.getBitWidth() < 32) && value instanceof Number number
        && !(value instanceof BigDecimal)) {
      return Optional.of(number.longValue());
    }
    boolean fits = type instanceof ArrowType.Utf8 && value instanceof String || type instanceof ArrowType.Bool && value instanceof Boolean
        || type instanceof ArrowType.Decimal && value instanceof BigDecimal || value instanceof LocalDate
        || type instanceof ArrowType.Timestamp && (value instanceof LocalDateTime || value instanceof Instant);
    return fits ? Optional.of(value) : Optional.empty();
  }

  @SuppressWarnings("unchecked")
  private static int compare(Object one, Object other) {
    return ((Comparable<Object>) one).compareTo(other);
  }
}
