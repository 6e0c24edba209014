package io.connectorkit.cli.openapi;

import java.util.Locale;

/** Texts of a document, which may be anything, on their way into YAML and SQL. */
final class Text {

  private static final int LONGEST = 160;
  private static final int LONGEST_NAME = 63;

  private Text() {}

  /** One printable line, as in a comment. */
  static String line(String text) {
    String line = text == null ? "" : text.replaceAll("[\\p{C}\\p{Z}\\s]+", " ").strip();
    int end = line.offsetByCodePoints(0, Math.min(LONGEST, line.codePointCount(0, line.length())));
    return end < line.length() ? line.substring(0, end) + "…" : line;
  }

  /** A value of YAML: plain where that is certain to be a text, in quotes otherwise. */
  static String value(String text) {
    boolean plain = text.matches("[/A-Za-z_][A-Za-z0-9_./-]*") && !text.matches("(?i)true|false|null|yes|no|on|off|y|n");
    StringBuilder quoted = new StringBuilder("\"");
    text.codePoints().forEach(each -> {
      if (each == '"' || each == '\\') {
        quoted.append('\\').appendCodePoint(each);
      } else if (printable(each)) {
        quoted.appendCodePoint(each);
      } else {
        quoted.append(String.format("\\U%08x", each));
      }
    });
    return plain ? text : quoted.append('"').toString();
  }

  /** Whether it can be written down as it is. */
  static boolean printable(String text) {
    return text.codePoints().allMatch(Text::printable);
  }

  private static boolean printable(int character) {
    return switch (Character.getType(character)) {
      case Character.CONTROL, Character.FORMAT, Character.SURROGATE, Character.PRIVATE_USE, Character.UNASSIGNED, Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR -> false;
      default -> true;
    };
  }

  /** A name in SQL: words in lower case with underscores between them. */
  static String name(String text) {
    String name = text.replaceAll("([a-z0-9])([A-Z])", "$1_$2").toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "_").replaceAll("^_|_$", "");
    name = name.isEmpty() || Character.isDigit(name.charAt(0)) ? "t_" + name : name;
    return name.substring(0, Math.min(LONGEST_NAME, name.length()));
  }

  /** Without case and signs, to compare names as people write them. */
  static String bare(String text) {
    return text.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
  }
}
