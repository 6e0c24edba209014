package io.connectorkit.connector.files;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Turns text into typed values in SQL: a value that would not survive it as it is fails the query. */
final class Conversion {

  /** Types that text may turn out to be, the first that fits wins; else it stays text. */
  static final List<String> INFERRED = List.of("BOOLEAN", "BIGINT", "DOUBLE", "DATE", "TIMESTAMP", "TIMESTAMPTZ", "TIME");

  private static final String MINUTES = "[0-9]{4}-[0-9]{2}-[0-9]{2}[ T][0-9]{2}:[0-9]{2}(:[0-9]{2}(\\.[0-9]{1,6})?)?";
  private static final Pattern DECIMAL = Pattern.compile("(DECIMAL|NUMERIC)\\([0-9]+, ?([0-9]+)\\)");
  private static final List<String> INTEGERS = List.of("TINYINT", "SMALLINT", "INTEGER", "INT", "BIGINT", "HUGEINT", "UTINYINT",
      "USMALLINT", "UINTEGER", "UBIGINT", "UHUGEINT", "DECIMAL", "NUMERIC");

  private Conversion() {}

  /** A condition: the text is of an {@link #INFERRED} type beyond doubt, and nothing of it would be lost. */
  static String fits(String type, String text, FileOptions options) {
    String cast = cast(type, text, options);
    return switch (type) {
      case "BOOLEAN" -> "lower(" + text + ") IN ('true', 'false')";
      // The way back gives the same text: that leaves out 007, +7, 1_000 and blanks.
      case "BIGINT", "TIME" -> "coalesce(" + cast + "::VARCHAR = " + text + ", false)";
      case "DATE" -> options.dateFormat().isPresent() ? cast + " IS NOT NULL" : "coalesce(" + cast + "::VARCHAR = " + text + ", false)";
      // A double keeps any 15 digits.
      case "DOUBLE" -> "(regexp_full_match(" + text + ", '-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][-+]?[0-9]+)?') AND (length(" + text
          + ") <= 15 OR " + cast + "::VARCHAR = " + text + ") AND coalesce(isfinite(" + cast + "), false))";
      case "TIMESTAMP" -> options.timestampFormat().isPresent() ? cast + " IS NOT NULL" : matches(text, MINUTES, cast);
      default -> matches(text, MINUTES + "(Z|[-+][0-9]{2}(:[0-9]{2})?)", cast);
    };
  }

  /**
   * A column of an inferred type; a value later in the file than the inference looked fails.
   *
   * @param file SQL for the name of the file, for the message
   * @param column SQL for the text
   * @param name what people call the column
   */
  static String inferred(String file, String column, String name, String type, FileOptions options) {
    return strict(file, column, name, type, fits(type, "nullif(" + column + ", '')", options), options,
        " as the values before it; set text: true, or columns: {" + name + ": VARCHAR}");
  }

  /** A column of a type that the operator declared: more spellings pass, but no value is rounded. */
  static String declared(String file, String column, String name, String type, FileOptions options) {
    String text = "nullif(" + column + ", '')";
    String upper = type.toUpperCase(Locale.ROOT);
    Matcher decimal = DECIMAL.matcher(upper);
    String cast = cast(upper, text, options);
    String condition = cast + " IS NOT NULL";
    if (upper.equals("VARCHAR")) {
      return column;
    } else if (decimal.matches()) {
      condition = matches(text, "[-+]?[0-9]*(\\.[0-9]{0," + decimal.group(2) + "}0*)?", cast);
    } else if (INTEGERS.contains(upper)) {
      condition = matches(text, "[-+]?[0-9]+", cast);
    } else if (INFERRED.subList(3, 6).contains(upper)) {
      condition = fits(upper, text, options);
    }
    return strict(file, column, name, type, condition, options, " as declared under columns; correct the file or the type");
  }

  private static String strict(
      String file, String column, String name, String type, String fits, FileOptions options, String remedy) {
    String text = "nullif(" + column + ", '')";
    String message = "'file ' || " + file + " || " + Sql.literal(", column '" + name + "': '") + " || left(" + column + ", 60) || "
        + Sql.literal("' is no " + type + remedy);
    return "CASE WHEN " + text + " IS NULL THEN NULL WHEN " + fits + " THEN " + cast(type.toUpperCase(Locale.ROOT), text, options)
        + " ELSE error(" + message + ") END";
  }

  private static String cast(String type, String text, FileOptions options) {
    if (type.equals("DATE") && options.dateFormat().isPresent()) {
      return "TRY_CAST(try_strptime(" + text + ", " + Sql.literal(options.dateFormat().get()) + ") AS DATE)";
    }
    if (type.equals("TIMESTAMP") && options.timestampFormat().isPresent()) {
      return "TRY_CAST(try_strptime(" + text + ", " + Sql.literal(options.timestampFormat().get()) + ") AS TIMESTAMP)";
    }
    return "TRY_CAST(" + text + " AS " + type + ")";
  }

  private static String matches(String text, String pattern, String cast) {
    return "(regexp_full_match(" + text + ", '" + pattern + "') AND " + cast + " IS NOT NULL)";
  }
}
