package io.connectorkit.contract.junit;

import io.connectorkit.declaration.Setting;
import io.connectorkit.declaration.SourceColumn;
import io.connectorkit.declaration.SourceTable;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** Rows as connector.yaml declares them. The higher its number, the later a row has changed. */
final class DeclaredRows {

  private static final int ROWS = 25;
  private static final Instant FIRST = Instant.parse("2026-01-01T00:00:00Z");
  private static final Pattern DECIMAL = Pattern.compile("decimal\\((\\d+), ?(\\d+)\\)");

  private DeclaredRows() {}

  /** The records of a table, from the watermark on. */
  static List<Map<String, Object>> of(SourceTable table, String since) {
    return IntStream.range(0, ROWS).filter(row -> since == null || wanted(table, row, since)).mapToObj(row -> {
      Map<String, Object> record = new LinkedHashMap<>();
      table.columns().forEach(column -> put(record, column.path(), value(column.type(), row)));
      return record;
    }).toList();
  }

  private static boolean wanted(SourceTable table, int row, String since) {
    SourceTable.Incremental incremental = table.incremental().orElseThrow();
    String type = table.columns().stream().filter(each -> each.name().equals(incremental.column())).map(SourceColumn::type).findFirst().orElseThrow();
    Object value = value(type, row);
    Instant at = moment(row);
    return switch (incremental.format()) {
      case "epoch_seconds" -> at.getEpochSecond() >= Long.parseLong(since);
      case "epoch_millis" -> at.toEpochMilli() >= Long.parseLong(since);
      case "date" -> !at.atOffset(ZoneOffset.UTC).toLocalDate().isBefore(LocalDate.parse(since));
      default -> value instanceof Number number ? new BigDecimal(number.toString()).compareTo(new BigDecimal(since)) >= 0
          : type.startsWith("epoch") ? !at.isBefore(Instant.parse(since)) : String.valueOf(value).compareTo(since) >= 0;
    };
  }

  /** Puts a value where a path leads. */
  @SuppressWarnings("unchecked")
  static void put(Map<String, Object> record, String path, Object value) {
    int dot = path.indexOf('.');
    if (dot < 0) {
      record.putIfAbsent(path, value);
    } else if (record.computeIfAbsent(path.substring(0, dot), key -> new LinkedHashMap<>()) instanceof Map<?, ?> inner) {
      put((Map<String, Object>) inner, path.substring(dot + 1), value);
    }
  }

  private static Instant moment(int row) {
    return FIRST.plusSeconds(86_400L * row);
  }

  private static Object value(String type, int row) {
    Matcher decimal = DECIMAL.matcher(type);
    if (decimal.matches()) {
      int whole = Integer.parseInt(decimal.group(1)) - Integer.parseInt(decimal.group(2));
      return BigDecimal.valueOf(whole > 1 ? row : 0).setScale(Integer.parseInt(decimal.group(2)));
    }
    Instant at = moment(row);
    return switch (type) {
      case "text" -> "text " + row;
      case "bool" -> row % 2 == 0;
      case "float64" -> row + 0.5;
      case "date" -> at.atOffset(ZoneOffset.UTC).toLocalDate().toString();
      case "time" -> LocalTime.MIDNIGHT.plusMinutes(row).plusSeconds(1).toString();
      case "instant" -> at.toString();
      case "date_time" -> LocalDateTime.ofInstant(at, ZoneOffset.UTC).plusSeconds(1).toString();
      case "epoch_seconds" -> at.getEpochSecond();
      case "epoch_millis" -> at.toEpochMilli();
      case "json" -> Map.of("number", row);
      default -> row;
    };
  }

  /** A value that a setting takes. */
  static Object value(Setting setting, String name) {
    return switch (setting.type()) {
      case "integer" -> setting.minimum().map(Double::longValue).orElse(1L);
      case "number" -> setting.minimum().orElse(1.0);
      case "boolean" -> true;
      case "array" -> List.of();
      case "object" -> Map.of();
      default -> setting.values().isEmpty() ? setting.format().equals("uri") ? "https://" + name + ".invalid" : name : setting.values().get(0);
    };
  }
}
