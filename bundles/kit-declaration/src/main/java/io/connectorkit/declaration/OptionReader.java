package io.connectorkit.declaration;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Takes typed options out of a mapping of a document. What is wrong goes to the problems, with place and rule, and the reading goes on: with
 * the option as if it were absent.
 */
public final class OptionReader {

  private static final String CODE = "KIT-2002";

  private final Problems problems;
  private final String path;
  private final YamlValue value;

  /**
   * Reads a mapping.
   *
   * @param path where it stands, as keys with dots between them; empty for the document
   */
  public OptionReader(Problems problems, String path, YamlValue value) {
    this.problems = problems;
    this.path = path;
    this.value = value;
    if (!(value.content() instanceof Map) && value.content() != null) {
      add(value.line(), "'" + path + "' is " + value.kind() + " and must be a mapping");
    }
  }

  /** Reports keys that nobody reads. */
  public OptionReader only(Set<String> known) {
    value.entries().forEach((key, entry) -> {
      if (!known.contains(key)) {
        add(entry.line(), Problems.quoted(path(key)) + " is unknown" + Nearest.hint(key, known));
      }
    });
    return this;
  }

  /** Reports keys that look like a known one that was misspelt; others may belong to somebody else. */
  public OptionReader notMisspelt(Set<String> known) {
    value.entries().forEach((key, entry) -> {
      if (!known.contains(key) && Nearest.to(key, known).isPresent()) {
        add(entry.line(), Problems.quoted(path(key)) + " is unknown" + Nearest.hint(key, known));
      }
    });
    return this;
  }

  /** The entries of the mapping, in their order. */
  public Map<String, YamlValue> entries() {
    return value.entries();
  }

  /** A value; empty if the key is absent or has none. */
  public Optional<YamlValue> find(String key) {
    return Optional.ofNullable(value.entries().get(key)).filter(each -> each.content() != null);
  }

  /** A nested mapping; an empty one if absent. */
  public OptionReader section(String key) {
    return new OptionReader(problems, path(key), find(key).orElse(YamlValue.empty(value.line())));
  }

  /** An option of which only some labels are known. */
  public <T> Optional<T> label(String key, Function<String, Optional<T>> known, String rule) {
    Optional<YamlValue> found = find(key);
    Optional<T> label = found.flatMap(each -> known.apply(each.text()));
    if (found.isPresent() && label.isEmpty()) {
      wrong(key, rule);
    }
    return label;
  }

  /** A part of one; 0 if absent. */
  public double ratio(String key) {
    Optional<Double> number = number(key);
    if (number.isPresent() && !(number.get() >= 0 && number.get() <= 1)) {
      wrong(key, "a number from 0 to 1");
      return 0;
    }
    return number.orElse(0.0);
  }

  /** A number; empty if absent. */
  public Optional<Double> number(String key) {
    Optional<YamlValue> found = find(key);
    if (found.isPresent() && !(found.get().content() instanceof Number)) {
      wrong(key, "a number");
      return Optional.empty();
    }
    return found.map(each -> ((Number) each.content()).doubleValue());
  }

  /** A boolean; false if absent. */
  public boolean flag(String key) {
    Optional<YamlValue> found = find(key);
    if (found.isPresent() && !(found.get().content() instanceof Boolean)) {
      wrong(key, "true or false");
      return false;
    }
    return found.isPresent() && (Boolean) found.get().content();
  }

  /** A time such as 30s, 10m, 6h or 7d; empty if absent. */
  public Optional<Duration> duration(String key) {
    String text = text(key, Durations.PATTERN, "a time such as 30s, 10m, 6h or 7d");
    return text.isEmpty() ? Optional.empty() : Optional.of(Durations.of(text));
  }

  /** A scalar as it is written, if it matches; empty if absent. */
  public String text(String key, Pattern pattern, String rule) {
    Optional<YamlValue> found = find(key);
    if (found.isPresent() && !(found.get().scalar() && pattern.matcher(found.get().text()).matches())) {
      wrong(key, rule);
      return "";
    }
    return found.map(YamlValue::text).orElse("");
  }

  /** A text that must be there, and be one for every other reader as well: 1.0 is none without quotes. */
  public String required(String key) {
    Optional<YamlValue> found = find(key);
    if (found.isPresent() && found.get().content() instanceof String text && !text.isBlank()) {
      return text;
    }
    int line = Optional.ofNullable(value.entries().get(key)).map(YamlValue::line).orElse(value.line());
    add(line, found.map(each -> "'" + path(key) + "' is " + each.kind() + " and must be a text" + (each.scalar() ? ", write it in quotes" : ""))
        .orElse("'" + path(key) + "' must be a text, and is missing"));
    return "";
  }

  /** A list; empty if absent. */
  public List<YamlValue> list(String key, String rule) {
    Optional<YamlValue> found = find(key);
    if (found.isPresent() && !(found.get().content() instanceof List)) {
      wrong(key, rule);
    }
    return found.map(YamlValue::elements).orElse(List.of());
  }

  /** A list of scalars, each as it is written and only once; empty if absent. */
  public List<String> texts(String key, String rule) {
    return list(key, rule).stream().filter(each -> {
      if (!each.scalar()) {
        add(each.line(), "an element of '" + path(key) + "' is " + each.kind() + "; it must be " + rule);
      }
      return each.scalar();
    }).map(YamlValue::text).distinct().toList();
  }

  /** Reports what is wrong with an option. */
  public void wrong(String key, String rule) {
    YamlValue wrong = value.entries().get(key);
    add(wrong.line(), "'" + path(key) + "' is " + (wrong.scalar() ? Problems.quoted(wrong.text()) : wrong.kind()) + " and must be " + rule);
  }

  /** Reports a problem of another kind. */
  public void add(int line, String text) {
    problems.add(CODE, line, text);
  }

  /** The same, about this mapping as a whole. */
  public void add(String text) {
    add(value.line(), text);
  }

  /** Where problems go. */
  public Problems problems() {
    return problems;
  }

  /** The full name of a key. */
  public String path(String key) {
    return path.isEmpty() ? key : path + "." + key;
  }
}
