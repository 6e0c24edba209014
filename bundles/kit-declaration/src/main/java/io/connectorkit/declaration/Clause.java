package io.connectorkit.declaration;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.osgi.framework.Version;

/**
 * A clause of a manifest header: {@code path;path;attribute=value;directive:=value}.
 *
 * @param attributes a Version, a List of String or a String, by the type that the header gives
 */
public record Clause(List<String> paths, Map<String, Object> attributes, Map<String, String> directives) {

  /**
   * The clauses of a header.
   *
   * @param header null for a header that is not there
   * @throws IllegalArgumentException if it is malformed
   */
  public static List<Clause> parse(String header) {
    return header == null ? List.of() : split(header, ',').stream().map(Clause::clause).toList();
  }

  private static Clause clause(String text) {
    Clause clause = new Clause(new ArrayList<>(), new LinkedHashMap<>(), new LinkedHashMap<>());
    for (String part : split(text, ';')) {
      int quote = part.indexOf('"');
      int equals = part.indexOf('=');
      if (equals < 0 || quote >= 0 && quote < equals) {
        clause.paths.add(unquoted(part));
      } else if (equals > 0 && part.charAt(equals - 1) == ':') {
        put(clause.directives, part.substring(0, equals - 1).strip(), unquoted(part.substring(equals + 1)));
      } else {
        String[] name = part.substring(0, equals).split(":", 2);
        put(clause.attributes, name[0].strip(), value(name.length == 1 ? "" : name[1].strip(), unquoted(part.substring(equals + 1))));
      }
    }
    if (clause.paths.isEmpty()) {
      throw new IllegalArgumentException("'" + text + "' names nothing");
    }
    return clause;
  }

  private static <V> void put(Map<String, V> map, String name, V value) {
    if (map.putIfAbsent(name, value) != null) {
      throw new IllegalArgumentException("'" + name + "' is there twice");
    }
  }

  private static Object value(String type, String text) {
    if (type.equals("Version")) {
      return Version.parseVersion(text);
    }
    return type.startsWith("List") ? List.of(text.strip().split("\\s*,\\s*")) : text;
  }

  /** Cuts at a separator that does not stand in quotes; empty pieces are dropped. */
  private static List<String> split(String text, char separator) {
    List<String> pieces = new ArrayList<>();
    boolean quoted = false;
    int start = 0;
    for (int i = 0; i <= text.length(); i++) {
      char c = i < text.length() ? text.charAt(i) : separator;
      if (quoted && c == '\\') {
        i++;
      } else if (c == '"') {
        quoted = !quoted;
      } else if (c == separator && (!quoted || i == text.length())) {
        String piece = text.substring(start, Math.min(i, text.length())).strip();
        if (!piece.isEmpty()) {
          pieces.add(piece);
        }
        start = i + 1;
      }
    }
    if (quoted) {
      throw new IllegalArgumentException("a quotation mark is never closed");
    }
    return pieces;
  }

  private static String unquoted(String text) {
    String value = text.strip();
    boolean quotes = value.length() > 1 && value.startsWith("\"") && value.endsWith("\"");
    return quotes ? value.substring(1, value.length() - 1).replaceAll("\\\\([\\\\\"])", "$1") : value;
  }
}
