package io.connectorkit.connector.keboola;

import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.pojo.ArrowType;

/**
 * SQL that turns text into a typed value: exactly, or not at all. DuckDB's own casts round numbers, cut times and forget zones without a word;
 * what they cannot get wrong is told by a cheap look at the text, and only the rest by a pattern.
 */
final class Conversion {

  private static final String DAY = "[0-9]{4}-[0-9]{2}-[0-9]{2}";
  private static final String TIME = DAY + "[ T][0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{1,6}0*)?";

  private Conversion() {}

  static String duckDb(ArrowType type) {
    return switch (type.getTypeID()) {
      case Int -> "BIGINT";
      case Decimal -> "DECIMAL(" + ((ArrowType.Decimal) type).getPrecision() + "," + ((ArrowType.Decimal) type).getScale() + ")";
      case FloatingPoint -> ((ArrowType.FloatingPoint) type).getPrecision() == FloatingPointPrecision.DOUBLE ? "DOUBLE" : "FLOAT";
      case Bool -> "BOOLEAN";
      case Date -> "DATE";
      case Timestamp -> ((ArrowType.Timestamp) type).getTimezone() == null ? "TIMESTAMP" : "TIMESTAMPTZ";
      default -> "VARCHAR";
    };
  }

  /**
   * A value of that type.
   *
   * @param text SQL for the text; an empty one is null, unless the type is text
   * @param bad SQL for the value where the text is none of that type
   */
  static String sql(String text, ArrowType type, String bad) {
    String name = duckDb(type);
    return switch (name) {
      case "VARCHAR" -> text;
      case "BOOLEAN" -> cases(text, name, "true", "false", text, bad);
      case "BIGINT" -> cases(text, name, "NOT (contains(" + text + ", '.') OR contains(" + text + ", 'e') OR contains(" + text + ", 'E'))",
          matches(text, "[-+]?[0-9]+\\.0*"), text, bad);
      case "DOUBLE" -> cases(text, name, "length(" + text + ") < 300 AND NOT (contains(" + text + ", 'e') OR contains(" + text + ", 'E'))",
          "isfinite(TRY_CAST(" + text + " AS DOUBLE))", text, bad);
      case "DATE" -> cases(text, name, "length(" + text + ") = 10", matches(text, DAY + "[ T]00:00:00(\\.0+)?"), text, bad);
      case "TIMESTAMP" -> cases(text, name, text + " LIKE '____-__-_____:__:__'",
          matches(text, TIME) + " OR " + matches(text, DAY), text, bad);
      case "TIMESTAMPTZ" -> cases(text, name, "false", matches(text, TIME + " ?(Z|[-+][0-9]{2}:?[0-9]{2})"),
          "regexp_replace(" + text + ", ' ?(Z|([-+][0-9]{2}):?([0-9]{2}))$', CASE WHEN ends_with(" + text + ", 'Z') THEN 'Z' ELSE '\\2:\\3' END)", bad);
      default -> decimal(text, name, ((ArrowType.Decimal) type).getScale(), bad);
    };
  }

  private static String decimal(String text, String name, int scale, String bad) {
    return cases(text, name, "(strpos(" + text + ", '.') = 0 OR length(" + text + ") - strpos(" + text + ", '.') <= " + scale + ") AND NOT (contains("
        + text + ", 'e') OR contains(" + text + ", 'E'))", matches(text, "[-+]?[0-9]*\\.[0-9]{0," + scale + "}0*"), text, bad);
  }

  private static String matches(String text, String pattern) {
    return "regexp_full_match(" + text + ", '" + pattern + "')";
  }

  private static String cases(String text, String type, String surely, String exactly, String cast, String bad) {
    String value = "coalesce(TRY_CAST(" + cast + " AS " + type + "), " + bad + ")";
    return "CASE WHEN " + text + " IS NULL OR " + text + " = '' THEN NULL WHEN " + surely + " THEN " + value + " WHEN " + exactly + " THEN " + value
        + " ELSE " + bad + " END";
  }
}
