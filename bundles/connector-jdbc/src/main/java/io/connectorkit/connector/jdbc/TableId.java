package io.connectorkit.connector.jdbc;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The name of a table with what it lies in, such as its schema, outermost first. As text, parts with odd characters stand in double quotes. */
record TableId(List<String> parts) {

  private static final Pattern PLAIN = Pattern.compile("[A-Za-z_][A-Za-z0-9_$]*");
  private static final Pattern PART = Pattern.compile("\"((?:[^\"]|\"\")*)\"|([^.\"]+)");

  static TableId parse(String text) {
    List<String> parts = new ArrayList<>();
    for (Matcher matcher = PART.matcher(text); matcher.find(); ) {
      parts.add(matcher.group(1) == null ? matcher.group(2) : matcher.group(1).replace("\"\"", "\""));
    }
    return new TableId(parts);
  }

  String name() {
    return parts.get(parts.size() - 1);
  }

  /** What the table lies in; empty if nothing. */
  String schema() {
    return parts.size() < 2 ? "" : parts.get(parts.size() - 2);
  }

  /** As it stands in SQL. */
  String sql(String quote) {
    return parts.stream().map(part -> quoted(part, quote)).collect(Collectors.joining("."));
  }

  static String quoted(String name, String quote) {
    return quote.isBlank() ? name : quote + name.replace(quote, quote + quote) + quote;
  }

  @Override
  public String toString() {
    return parts.stream().map(part -> PLAIN.matcher(part).matches() ? part : quoted(part, "\"")).collect(Collectors.joining("."));
  }
}
