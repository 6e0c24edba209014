package io.connectorkit.runtime.internal.increment;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** How the columns that a deletion names are written into {@link Merge#SCOPE}: name by line, so that any name can stand there. */
public final class Scopes {

  private Scopes() {}

  /** The text for these columns. */
  public static String text(Collection<String> columns) {
    return columns.stream().map(Scopes::line).sorted().collect(Collectors.joining("\n"));
  }

  /** Those of the columns that a text names. */
  static List<String> columns(String text, List<String> all) {
    Set<String> lines = Set.of(text.split("\n", -1));
    return all.stream().filter(column -> lines.contains(line(column))).toList();
  }

  private static String line(String name) {
    return name.replace("\\", "\\\\").replace("\n", "\\n");
  }
}
