package io.connectorkit.connector.bigquery;

import io.connectorkit.api.Filter;
import io.connectorkit.api.Filter.Operator;
import io.connectorkit.api.ReadRequest;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;

/** What is asked of BigQuery, in its SQL: never so much that a row is left out which the host would keep. */
final class GoogleSql {

  private static final DateTimeFormatter MICROSECONDS = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSSSS");

  private GoogleSql() {}

  /** A name, whatever characters it has. */
  static String name(String text) {
    return "`" + escaped(text).replace("`", "\\`") + "`";
  }

  private static String escaped(String text) {
    StringBuilder escaped = new StringBuilder();
    text.codePoints().forEach(each -> {
      if (each == '\\' || each == '\'') {
        escaped.append('\\').appendCodePoint(each);
      } else if (Character.isISOControl(each)) {
        escaped.append(String.format("\\x%02x", each));
      } else {
        escaped.appendCodePoint(each);
      }
    });
    return escaped.toString();
  }

  /** A query for what a request asks for. */
  static String select(TableName table, ReadRequest request) {
    String where = where(request);
    return "SELECT " + request.columns().stream().map(GoogleSql::name).collect(Collectors.joining(", ")) + " FROM " + table.sql()
        + (where.isEmpty() ? "" : " WHERE " + where);
  }

  /** The condition for the rows that a request asks for; empty for all. */
  static String where(ReadRequest request) {
    Stream<Filter> delta = request.watermark().stream()
        .map(from -> new Filter(request.table().incrementalColumn().orElseThrow(), Operator.GE, List.of(from.value())));
    return Stream.concat(delta, request.filters().stream()).map(filter -> condition(request.table().schema().findField(filter.column()), filter))
        .flatMap(Optional::stream).collect(Collectors.joining(" AND "));
  }

  /** Empty where BigQuery and DuckDB might compare in other ways, such as texts with a collation, and floats that are no numbers. */
  private static Optional<String> condition(Field field, Filter filter) {
    boolean plain = field.getChildren().isEmpty() && !field.getMetadata().containsKey(Types.EXTENSION);
    if (!plain || filter.values().stream().anyMatch(value -> literal(field.getType(), value).isEmpty())) {
      return Optional.empty();
    }
    String column = name(field.getName());
    List<String> values = filter.values().stream().map(value -> literal(field.getType(), value).get()).toList();
    return switch (filter.operator()) {
      case IS_NULL, NOT_NULL -> Optional.of(column + " " + filter.operator().symbol().toUpperCase(java.util.Locale.ROOT));
      case IN -> Optional.of(column + " IN (" + String.join(", ", values) + ")");
      case EQ -> Optional.of(column + " = " + values.get(0));
      default -> field.getType() instanceof ArrowType.Utf8 ? Optional.empty() : Optional.of(column + " " + filter.operator().symbol() + " " + values.get(0));
    };
  }

  private static Optional<String> literal(ArrowType type, Object value) {
    return Optional.ofNullable(switch (type.getTypeID()) {
      case Int -> value instanceof Long ? value.toString() : null;
      case Decimal -> decimal((ArrowType.Decimal) type, value);
      case Bool -> value instanceof Boolean ? value.toString().toUpperCase(java.util.Locale.ROOT) : null;
      case Utf8 -> value instanceof String text ? "'" + escaped(text) + "'" : null;
      case Date -> value instanceof LocalDate date && usual(date) ? "DATE '" + date + "'" : null;
      case Timestamp -> ((ArrowType.Timestamp) type).getTimezone() == null
          ? value instanceof LocalDateTime time ? moment("DATETIME", time, "") : null
          : value instanceof Instant instant ? moment("TIMESTAMP", LocalDateTime.ofInstant(instant, ZoneOffset.UTC), "+00:00") : null;
      default -> null;
    });
  }

  private static String decimal(ArrowType.Decimal type, Object value) {
    String text = value instanceof BigDecimal decimal ? decimal.toPlainString() : value instanceof Long ? value.toString() : null;
    return text == null ? null : (type.getBitWidth() == 128 ? "NUMERIC '" : "BIGNUMERIC '") + text + "'";
  }

  private static String moment(String type, LocalDateTime time, String zone) {
    return usual(time.toLocalDate()) && time.getNano() % 1000 == 0 ? type + " '" + MICROSECONDS.format(time) + zone + "'" : null;
  }

  private static boolean usual(LocalDate date) {
    return date.getYear() >= 1 && date.getYear() <= 9999;
  }
}
