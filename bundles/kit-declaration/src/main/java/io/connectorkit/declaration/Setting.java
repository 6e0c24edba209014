package io.connectorkit.declaration;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * A setting that an instance may have, in words of JSON Schema.
 *
 * @param type one of {@link #TYPES}
 * @param fallback the value where none is set; null if there is none
 * @param secret whether its value must not be shown
 * @param values the only ones allowed, as text; empty for all
 * @param minimum least number; empty for no limit
 * @param maximum greatest number; empty for no limit
 * @param pattern what a text must contain; empty for anything
 * @param format what a text must be: {@code uri} is checked, others are for people
 */
public record Setting(
    String type,
    boolean required,
    Object fallback,
    boolean secret,
    String description,
    List<String> values,
    Optional<Double> minimum,
    Optional<Double> maximum,
    Optional<Pattern> pattern,
    String format) {

  private static final Set<String> TYPES = Set.of("string", "integer", "number", "boolean", "array", "object");
  private static final Set<String> KEYS =
      Set.of("type", "required", "default", "secret", "description", "enum", "minimum", "maximum", "pattern", "format");
  private static final Pattern ANY = Pattern.compile("(?s).*");

  static Setting read(OptionReader options) {
    options.only(KEYS);
    Setting setting = new Setting(type(options), options.flag("required"), null, options.flag("secret"),
        options.text("description", ANY, "a text"), options.texts("enum", "a list of values"), options.number("minimum"),
        options.number("maximum"), pattern(options), options.text("format", ANY, "a text"));
    Optional<YamlValue> fallback = options.find("default");
    fallback.flatMap(setting::broken).ifPresent(rule -> options.wrong("default", rule));
    return fallback.isEmpty() ? setting : setting.withDefault(setting.value(fallback.get()));
  }

  private static String type(OptionReader options) {
    String rule = "one of " + TYPES.stream().sorted().toList();
    if (options.find("type").isEmpty()) {
      options.add("'" + options.path("type") + "' is missing and must be " + rule);
      return "string";
    }
    return options.label("type", label -> Optional.of(label).filter(TYPES::contains), rule).orElse("string");
  }

  private static Optional<Pattern> pattern(OptionReader options) {
    try {
      return options.find("pattern").map(value -> Pattern.compile(value.text()));
    } catch (PatternSyntaxException e) {
      options.wrong("pattern", "a regular expression: " + e.getDescription());
      return Optional.empty();
    }
  }

  private Setting withDefault(Object value) {
    return new Setting(type, required, value, secret, description, values, minimum, maximum, pattern, format);
  }

  /** The value as a connector gets it: for a text every digit and letter as it is written. */
  public Object value(YamlValue value) {
    return type.equals("string") && value.scalar() ? value.text() : value.plain();
  }

  /** The rule that a value breaks; empty if it keeps all of them. */
  public Optional<String> broken(YamlValue value) {
    if (!fits(value)) {
      return Optional.of("of type " + type + (type.equals("integer") || type.equals("number") ? ", of at most 18 digits" : ""));
    }
    if (!values.isEmpty() && value.scalar() && !values.contains(value.text())) {
      return Optional.of("one of " + values + (secret ? "" : Nearest.to(value.text(), values).map(near -> "; did you mean '" + near + "'?").orElse("")));
    }
    if (value.content() instanceof Number number
        && (minimum.filter(least -> number.doubleValue() < least).isPresent() || maximum.filter(most -> number.doubleValue() > most).isPresent())) {
      return Optional.of(minimum.map(least -> "at least " + plain(least)).orElse("") + (minimum.isPresent() && maximum.isPresent() ? " and " : "")
          + maximum.map(most -> "at most " + plain(most)).orElse(""));
    }
    if (pattern.isPresent() && value.scalar() && !pattern.get().matcher(value.text()).find()) {
      return Optional.of("a text that matches " + pattern.get());
    }
    return format.equals("uri") && !uri(value.text()) ? Optional.of("a URI such as https://example.com") : Optional.empty();
  }

  private boolean fits(YamlValue value) {
    Object content = value.content();
    return switch (type) {
      case "string" -> value.scalar();
      case "integer" -> content instanceof Integer || content instanceof Long;
      case "number" -> content instanceof Number;
      case "boolean" -> content instanceof Boolean;
      case "array" -> content instanceof List;
      default -> !value.scalar() && !(content instanceof List);
    };
  }

  private static boolean uri(String text) {
    try {
      return new URI(text).isAbsolute();
    } catch (URISyntaxException e) {
      return false;
    }
  }

  private static String plain(double number) {
    return number == Math.rint(number) && Math.abs(number) < 1e15 ? String.valueOf((long) number) : String.valueOf(number);
  }
}
