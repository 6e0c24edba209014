package io.connectorkit.declaration;

import io.connectorkit.api.ConnectorException;
import io.connectorkit.api.Settings;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A text of {@code connector.yaml} in which <code>{name}</code> stands for a setting of the instance.
 *
 * @param key where it stands, for messages
 * @param line from 1 on
 */
public record Template(String text, String key, int line) {

  private static final Pattern NAME = Pattern.compile("\\{([^{}]*)}");

  /**
   * Reads one.
   *
   * @param known what it may name
   */
  static Template read(OptionReader options, String key, Set<String> known) {
    YamlValue value = options.find(key).orElse(YamlValue.empty(0));
    Template template = new Template(value.text(), options.path(key), value.line());
    if (value.scalar()) {
      template.check(options, known);
    } else if (value.line() > 0) {
      options.wrong(key, "a text");
    }
    return template;
  }

  private void check(OptionReader options, Set<String> known) {
    Matcher names = NAME.matcher(text);
    while (names.find()) {
      if (!known.contains(names.group(1))) {
        options.add(line, "'" + key + "' names the setting " + Problems.quoted(names.group(1)) + ", which config does not have"
            + Nearest.hint(names.group(1), known));
      }
    }
    if (NAME.matcher(text).replaceAll("").matches(".*[{}].*")) {
      options.add(line, "'" + key + "' has a brace without its partner; a setting stands in it as {name}");
    }
  }

  /** Whether it says nothing. */
  boolean isEmpty() {
    return text.isEmpty();
  }

  /**
   * The text with the values in it; empty if one of them is not set.
   *
   * @param form how a value is written here
   */
  public Optional<String> find(Map<String, String> values, UnaryOperator<String> form) {
    Matcher names = NAME.matcher(text);
    StringBuilder filled = new StringBuilder();
    while (names.find()) {
      String value = values.get(names.group(1));
      if (value == null) {
        return Optional.empty();
      }
      names.appendReplacement(filled, Matcher.quoteReplacement(form.apply(value)));
    }
    return Optional.of(names.appendTail(filled).toString());
  }

  /**
   * The same where the text has to be there.
   *
   * @throws ConnectorException if one of its settings is not set
   */
  public String fill(Settings settings, UnaryOperator<String> form) {
    return find(texts(settings), form).orElseThrow(() -> ConnectorException.permanent("META-INF/connector.yaml, line " + line + ": '" + key
        + "' needs all of its settings, " + text + "; set them under config", null));
  }

  /** Settings as texts. */
  public static Map<String, String> texts(Settings settings) {
    Map<String, String> texts = new java.util.HashMap<>();
    settings.values().forEach((name, value) -> texts.put(name, String.valueOf(value)));
    return texts;
  }
}
