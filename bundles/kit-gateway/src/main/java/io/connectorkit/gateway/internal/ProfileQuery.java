package io.connectorkit.gateway.internal;

import io.connectorkit.host.StoredTable;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** One SELECT that looks at all columns of a sample: rows of kind, number of the column, text and number. */
final class ProfileQuery {

  static final String ROWS = "rows";
  static final String NULLS = "nulls";
  static final String DISTINCT = "distinct";
  static final String MIN = "min";
  static final String MAX = "max";
  static final String QUANTILE = "q";
  static final String TOP = "top";
  static final String BIN = "bin";

  private static final int SAMPLE = 100_000;
  /** Beyond that a sample of all would cost more than it tells. */
  private static final int BEGINNING = 2_000_000;
  private static final int MOST_COLUMNS = 100;
  private static final int BINS = 20;
  private static final int TOPS = 10;
  private static final int LONGEST = 200;
  private static final double[] QUANTILES = {0.05, 0.25, 0.5, 0.75, 0.95};
  private static final Pattern NUMBER = Pattern.compile("U?(TINY|SMALL|BIG|HUGE)?INT(EGER)?|FLOAT|DOUBLE|DECIMAL.*");
  private static final Pattern TIME = Pattern.compile("DATE|TIMESTAMP.*");
  private static final Pattern PLAIN = Pattern.compile("VARCHAR|BOOLEAN|UUID|TIME.*|ENUM.*");

  private final String table;
  private final long rows;
  private final List<String> names = new ArrayList<>();
  private final List<String> types = new ArrayList<>();

  ProfileQuery(StoredTable table) {
    this.table = quoted(table.source()) + "." + quoted(table.table());
    this.rows = table.rows();
  }

  /** Gives the columns, which are to be handed to {@link #column}. */
  String columns() {
    return "DESCRIBE SELECT * FROM " + table;
  }

  void column(String name, String type) {
    if (names.size() < MOST_COLUMNS) {
      names.add(name);
      types.add(type);
    }
  }

  List<String> names() {
    return names;
  }

  List<String> types() {
    return types;
  }

  String sql() {
    String from = rows > BEGINNING ? "(SELECT * FROM " + table + " LIMIT " + BEGINNING + ")" : table;
    StringBuilder sql = new StringBuilder("WITH s AS MATERIALIZED (SELECT ").append(String.join(", ", names.stream().map(ProfileQuery::quoted).toList()))
        .append(" FROM ").append(from).append(" USING SAMPLE ").append(SAMPLE).append(" ROWS) ");
    List<String> parts = new ArrayList<>();
    parts.add(row(ROWS, 0, "NULL", "count(*)") + " FROM s");
    for (int i = 0; i < names.size(); i++) {
      add(i, quoted(names.get(i)), types.get(i), parts);
    }
    return sql.append(String.join(" UNION ALL ", parts)).toString();
  }

  private static void add(int i, String column, String type, List<String> parts) {
    boolean number = NUMBER.matcher(type).matches();
    boolean time = TIME.matcher(type).matches();
    parts.add(row(NULLS, i, "NULL", "count(*) - count(" + column + ")") + " FROM s");
    if (!number && !time && !PLAIN.matcher(type).matches()) {
      return;
    }
    parts.add(row(DISTINCT, i, "NULL", "approx_count_distinct(" + column + ")") + " FROM s");
    parts.add(row(MIN, i, "left(min(" + column + ")::VARCHAR, " + LONGEST + ")", "0") + " FROM s");
    parts.add(row(MAX, i, "left(max(" + column + ")::VARCHAR, " + LONGEST + ")", "0") + " FROM s");
    parts.add("SELECT * FROM (" + row(TOP, i, "left(" + column + "::VARCHAR, " + LONGEST + ")", "count(*)") + " FROM s WHERE " + column
        + " IS NOT NULL GROUP BY 3 ORDER BY 4 DESC, 3 LIMIT " + TOPS + ")");
    if (number || time) {
      for (int q = 0; q < QUANTILES.length; q++) {
        parts.add(row(QUANTILE + q + "_", i, "quantile_disc(" + column + ", " + QUANTILES[q] + ")::VARCHAR", "0") + " FROM s");
      }
      String value = number ? column + "::DOUBLE" : "epoch(" + column + ")::DOUBLE";
      String begin = number ? "round(lo + b * (hi - lo) / " + BINS + ", 6)::VARCHAR" : "strftime(make_timestamp((1000000 * (lo + b * (hi - lo) / " + BINS
          + "))::BIGINT), '%Y-%m-%d %H:%M')";
      parts.add("SELECT '" + BIN + "', " + i + ", " + begin + ", n FROM (SELECT least(floor((v - lo) / nullif(hi - lo, 0) * " + BINS + "), " + (BINS - 1)
          + ") AS b, any_value(lo) AS lo, any_value(hi) AS hi, count(*) AS n FROM (SELECT " + value + " AS v FROM s WHERE isfinite(" + value
          + ")), (SELECT min(" + value + ") AS lo, max(" + value + ") AS hi FROM s WHERE isfinite(" + value + ")) WHERE hi > lo GROUP BY b ORDER BY b)");
    }
  }

  private static String row(String kind, int column, String text, String number) {
    return "SELECT '" + kind + "' AS kind, " + column + " AS col, " + text + " AS txt, (" + number + ")::BIGINT AS n";
  }

  private static String quoted(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }
}
