package io.connectorkit.connector.bigquery;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** As much of GoogleSQL as the connector may ask for: one table, comparisons joined by AND. Refuses whatever else. */
final class FakeSql {

  private static final String NAME = "`((?:[^`\\\\]|\\\\.)+)`";
  private static final String LITERAL = "(?:(?:DATE|DATETIME|TIMESTAMP|NUMERIC|BIGNUMERIC) )?'(?:[^'\\\\\n]|\\\\.)*'|-?\\d+|TRUE|FALSE";
  private static final Pattern CONDITION = Pattern.compile(
      NAME + " (?:(IS NULL|IS NOT NULL)|IN \\(((?:" + LITERAL + ")(?:, (?:" + LITERAL + "))*)\\)|(=|!=|<=|>=|<|>) (" + LITERAL + "))(?: AND |$)");
  private static final Pattern SELECT = Pattern.compile("SELECT (\\*|" + NAME + "(?:, " + NAME + ")*) FROM " + NAME + "\\." + NAME + "\\." + NAME
      + "(?: WHERE (.+))?");

  private FakeSql() {}

  /** A query taken apart. */
  record Query(List<String> columns, String project, String dataset, String table, String where) {}

  static Query query(String sql) {
    Matcher matcher = SELECT.matcher(sql);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("Syntax error: " + sql);
    }
    List<String> columns = Pattern.compile(NAME).matcher(matcher.group(1)).results().map(each -> text(each.group(1))).toList();
    return new Query(columns, text(matcher.group(4)), text(matcher.group(5)), text(matcher.group(6)), matcher.group(7) == null ? "" : matcher.group(7));
  }

  /** The rows for which a condition holds. */
  static List<Object[]> where(FakeTable table, String where) {
    Matcher matcher = CONDITION.matcher(where);
    int end = 0;
    List<MatchResult> conditions = new java.util.ArrayList<>();
    while (end < where.length() && matcher.find(end) && matcher.start() == end) {
      conditions.add(matcher.toMatchResult());
      end = matcher.end();
    }
    if (end < where.length()) {
      throw new IllegalArgumentException("Syntax error: " + where);
    }
    return table.rows().stream().filter(row -> conditions.stream().allMatch(condition -> holds(table, row, condition))).toList();
  }

  private static boolean holds(FakeTable table, Object[] row, MatchResult condition) {
    int at = table.schema().getFields().indexOf(table.schema().findField(text(condition.group(1))));
    Object value = row[at];
    if (condition.group(2) != null) {
      return condition.group(2).equals("IS NULL") == (value == null);
    }
    if (value == null) {
      return false;
    }
    if (condition.group(3) != null) {
      return Pattern.compile(LITERAL).matcher(condition.group(3)).results().anyMatch(each -> compare(value, each.group()) == 0);
    }
    int order = compare(value, condition.group(5));
    return switch (condition.group(4)) {
      case "=" -> order == 0;
      case "!=" -> order != 0;
      case "<" -> order < 0;
      case "<=" -> order <= 0;
      case ">" -> order > 0;
      default -> order >= 0;
    };
  }

  /** Of different types: refused, as BigQuery refuses it. */
  @SuppressWarnings("unchecked")
  private static int compare(Object value, String literal) {
    return ((Comparable<Object>) value).compareTo(value(literal));
  }

  private static Object value(String literal) {
    int quote = literal.indexOf('\'');
    if (quote < 0) {
      return literal.matches("-?\\d+") ? (Object) Long.valueOf(literal) : (Object) Boolean.valueOf(literal);
    }
    String text = text(literal.substring(quote + 1, literal.length() - 1));
    return switch (literal.substring(0, quote).strip()) {
      case "DATE" -> LocalDate.parse(text);
      case "DATETIME" -> LocalDateTime.parse(text.replace(' ', 'T'));
      case "TIMESTAMP" -> OffsetDateTime.parse(text.replace(' ', 'T'), DateTimeFormatter.ISO_OFFSET_DATE_TIME).toInstant();
      case "NUMERIC", "BIGNUMERIC" -> new BigDecimal(text);
      default -> text;
    };
  }

  private static String text(String escaped) {
    return Pattern.compile("\\\\x([0-9a-f]{2})|\\\\(.)").matcher(escaped)
        .replaceAll(each -> Matcher.quoteReplacement(each.group(1) == null ? each.group(2) : String.valueOf((char) Integer.parseInt(each.group(1), 16))));
  }
}
