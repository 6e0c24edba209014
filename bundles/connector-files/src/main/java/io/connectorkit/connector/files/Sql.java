package io.connectorkit.connector.files;

import java.nio.file.Path;
import java.util.Collection;
import java.util.stream.Collectors;

/** Text for DuckDB. */
final class Sql {

  private Sql() {}

  static String literal(String text) {
    return "'" + text.replace("'", "''") + "'";
  }

  static String identifier(String name) {
    return "\"" + name.replace("\"", "\"\"") + "\"";
  }

  static String list(Collection<String> texts) {
    return texts.stream().map(Sql::literal).collect(Collectors.joining(", ", "[", "]"));
  }

  /** A pattern that matches one file: DuckDB takes every file name for a glob, so that {@code x[1].csv} would also find {@code x1.csv}. */
  static String pattern(Path file) {
    return file.toString().replaceAll("[*?\\[]", "[$0]");
  }
}
