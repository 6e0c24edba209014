package io.connectorkit.declaration;

import io.connectorkit.api.Paging;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** A section {@code paging}. */
final class SourcePaging {

  private static final List<String> TYPES = List.of("none", "token", "offset", "page", "link", "next_url");
  private static final Pattern SIZE = Pattern.compile("[1-9]\\d{0,5}");
  private static final Pattern NUMBER = Pattern.compile("\\d{1,5}");
  private static final int USUAL_SIZE = 100;

  private SourcePaging() {}

  static Paging read(OptionReader options, Paging otherwise) {
    if (options.entries().isEmpty()) {
      return otherwise;
    }
    if (options.find("type").isEmpty()) {
      options.add("'" + options.path("type") + "' is missing and must be one of " + TYPES);
    }
    String type = options.label("type", label -> Optional.of(label).filter(TYPES::contains), "one of " + TYPES).orElse("");
    return switch (type) {
      case "token" -> {
        options.only(Set.of("type", "path", "param", "more"));
        yield new Paging.Token(options.required("path"), options.required("param"), text(options, "more"));
      }
      case "offset" -> {
        options.only(Set.of("type", "param", "size_param", "size", "total"));
        yield new Paging.Offset(options.required("param"), text(options, "size_param"), number(options, "size", SIZE, USUAL_SIZE), text(options, "total"));
      }
      case "page" -> {
        options.only(Set.of("type", "param", "first", "size_param", "size", "total"));
        yield new Paging.Number(options.required("param"), number(options, "first", NUMBER, 1), text(options, "size_param"),
            number(options, "size", SIZE, USUAL_SIZE), text(options, "total"));
      }
      case "next_url" -> {
        options.only(Set.of("type", "path"));
        yield Paging.byNextUrl(options.required("path"));
      }
      case "link" -> {
        options.only(Set.of("type"));
        yield Paging.byLink();
      }
      default -> Paging.none();
    };
  }

  private static String text(OptionReader options, String key) {
    return options.text(key, Pattern.compile(".+"), "a text");
  }

  private static int number(OptionReader options, String key, Pattern pattern, int otherwise) {
    String text = options.text(key, pattern, "a whole number" + (pattern == SIZE ? " from 1 on" : ""));
    return text.isEmpty() ? otherwise : Integer.parseInt(text);
  }
}
