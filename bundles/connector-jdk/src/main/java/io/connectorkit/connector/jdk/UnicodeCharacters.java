package io.connectorkit.connector.jdk;

import static io.connectorkit.api.Types.bool;
import static io.connectorkit.api.Types.int32;
import static io.connectorkit.api.Types.text;

import java.util.stream.IntStream;

/** The Unicode character database as {@link Character} knows it: one row per code point that {@link Character#isDefined} accepts. */
final class UnicodeCharacters {

  /** Indexed by {@link Character#getType}; 17 is not in use. */
  private static final String[] CATEGORIES = {
    "Cn", "Lu", "Ll", "Lt", "Lm", "Lo", "Mn", "Me", "Mc", "Nd", "Nl", "No", "Zs", "Zl", "Zp", "Cc", "Cf", null, "Co", "Cs", "Pd", "Ps",
    "Pe", "Pc", "Po", "Sm", "Sc", "Sk", "So", "Pi", "Pf"
  };

  /** Indexed by {@link Character#getDirectionality}. */
  private static final String[] BIDIRECTIONAL_CLASSES = {
    "L", "R", "AL", "EN", "ES", "ET", "AN", "CS", "NSM", "BN", "B", "S", "WS", "ON", "LRE", "LRO", "RLE", "RLO", "PDF", "LRI", "RLI", "FSI",
    "PDI"
  };

  static final ReferenceTable<Integer> TABLE = ReferenceTable.of("unicode_characters",
          "Assigned Unicode code points with their properties: also private use and surrogates, not the unassigned ones",
          () -> IntStream.rangeClosed(0, Character.MAX_CODE_POINT).filter(Character::isDefined).boxed(), "code_point")
      .column("code_point", int32(), "Number of the code point, 0 to 1114111", c -> c)
      .column("character", text(), "The character itself; null for surrogates, which are not text alone", UnicodeCharacters::character)
      .column("name", text(), "Unicode name; block and number where Unicode gives none", Character::getName)
      .column("general_category", text(), "General category, two letters, such as Lu for an upper-case letter",
          c -> CATEGORIES[Character.getType(c)])
      .column("script", text(), "Script, such as LATIN", c -> Character.UnicodeScript.of(c).name())
      .column("block", text(), "Unicode block, such as BASIC_LATIN", UnicodeCharacters::block)
      .column("bidirectional_class", text(), "Bidirectional class, such as L for left to right; null if undefined",
          UnicodeCharacters::bidirectionalClass)
      .column("numeric_value", int32(), "Numeric value as Java has it (A to Z count 10 to 35); null if none, negative or a fraction",
          UnicodeCharacters::numericValue)
      .column("mirrored", bool(), "Mirrored in right-to-left text", Character::isMirrored)
      .column("letter", bool(), "General category L*", Character::isLetter)
      .column("digit", bool(), "Decimal digit: general category Nd", Character::isDigit)
      .column("alphabetic", bool(), "Unicode property Alphabetic", Character::isAlphabetic)
      .column("ideographic", bool(), "Unicode property Ideographic", Character::isIdeographic)
      .column("uppercase", bool(), "Unicode property Uppercase", Character::isUpperCase)
      .column("lowercase", bool(), "Unicode property Lowercase", Character::isLowerCase)
      .column("titlecase", bool(), "General category Lt", Character::isTitleCase)
      .column("whitespace", bool(), "White space as Java has it: no-break spaces are none", Character::isWhitespace)
      .column("iso_control", bool(), "Control character of ISO 8859", Character::isISOControl)
      .column("java_identifier_start", bool(), "May begin a Java identifier", Character::isJavaIdentifierStart)
      .column("java_identifier_part", bool(), "May stand in a Java identifier", Character::isJavaIdentifierPart)
      .column("to_uppercase", int32(), "Code point in upper case by the simple mapping; itself if it has none", Character::toUpperCase)
      .column("to_lowercase", int32(), "Code point in lower case by the simple mapping; itself if it has none", Character::toLowerCase)
      .build();

  private UnicodeCharacters() {}

  private static String character(int codePoint) {
    return Character.getType(codePoint) == Character.SURROGATE ? null : Character.toString(codePoint);
  }

  private static String block(int codePoint) {
    Character.UnicodeBlock block = Character.UnicodeBlock.of(codePoint);
    return block == null ? null : block.toString();
  }

  private static String bidirectionalClass(int codePoint) {
    byte directionality = Character.getDirectionality(codePoint);
    return directionality == Character.DIRECTIONALITY_UNDEFINED ? null : BIDIRECTIONAL_CLASSES[directionality];
  }

  private static Integer numericValue(int codePoint) {
    int value = Character.getNumericValue(codePoint);
    return value < 0 ? null : value;
  }
}
