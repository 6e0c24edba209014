package io.connectorkit.connector.jira;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Text of the Atlassian Document Format: what is written, with a space between its pieces, and where its links lead, without secrets. */
final class Adf {

  private static final List<String> SCHEMES = List.of("https://", "http://", "mailto:");

  private Adf() {}

  /** The text of a document; a text stays one, null stays null. */
  static String text(Object document) {
    if (document == null || document instanceof String) {
      return document == null ? null : Links.redactedIn((String) document);
    }
    List<String> pieces = new ArrayList<>();
    collect(document, pieces);
    return String.join(" ", pieces).strip();
  }

  private static void collect(Object node, List<String> pieces) {
    if (node instanceof List<?> list) {
      list.forEach(each -> collect(each, pieces));
    } else if (node instanceof Map<?, ?> map) {
      String type = String.valueOf(map.get("type"));
      if (type.equals("text") && map.get("text") instanceof String text) {
        pieces.add(linked(text, map));
      } else if (type.endsWith("Card")) {
        Stream.of("attrs.url", "attrs.data.url", "attrs.data.@id").map(path -> Json.at(map, path)).filter(String.class::isInstance).findFirst()
            .ifPresent(url -> pieces.add(Links.redacted((String) url)));
      }
      collect(map.get("content"), pieces);
    }
  }

  private static String linked(String text, Map<?, ?> node) {
    String shown = Links.redactedIn(text);
    return Json.objects(node.get("marks")).stream().filter(mark -> "link".equals(mark.get("type"))).map(mark -> Json.at(mark, "attrs.href"))
        .filter(href -> href instanceof String link && !link.equals(text) && SCHEMES.stream().noneMatch(scheme -> link.equals(scheme + text)))
        .findFirst().map(href -> shown + " (" + Links.redacted((String) href) + ")").orElse(shown);
  }
}
