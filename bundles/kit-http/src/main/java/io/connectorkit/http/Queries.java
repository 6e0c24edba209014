package io.connectorkit.http;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Parameters of a URL. */
final class Queries {

  private static final Pattern UNFIT = Pattern.compile("[ \"<>\\\\^`{|}]");

  private Queries() {}

  /** A URL as sources write it, fit to be parsed: with what may not stand in one encoded. */
  static String lenient(String url) {
    return UNFIT.matcher(url).replaceAll(found -> Text.encoded(found.group()));
  }

  /** Fields as the body of a request. */
  static byte[] form(Map<String, ?> fields) {
    return fields.entrySet().stream().flatMap(field -> Text.all(field.getValue()).map(value -> Text.encoded(field.getKey()) + "=" + Text.encoded(value)))
        .collect(Collectors.joining("&")).getBytes(StandardCharsets.UTF_8);
  }

  /** The URL with a parameter in place of those of that name: one for each value, so that none of them takes it out. */
  static URI with(URI uri, String name, Stream<String> values) {
    String encoded = Text.encoded(name);
    Stream<String> kept = uri.getRawQuery() == null || uri.getRawQuery().isEmpty() ? Stream.empty()
        : Stream.of(uri.getRawQuery().split("&")).filter(each -> !each.equals(encoded) && !each.startsWith(encoded + "="));
    String query = Stream.concat(kept, values.map(value -> encoded + "=" + Text.encoded(value))).collect(Collectors.joining("&"));
    String text = uri.toString();
    int end = text.indexOf('?') >= 0 ? text.indexOf('?') : text.indexOf('#') >= 0 ? text.indexOf('#') : text.length();
    return URI.create(text.substring(0, end) + (query.isEmpty() ? "" : "?" + query));
  }
}
