package io.connectorkit.runtime.internal.analytics;

import io.connectorkit.runtime.internal.store.ExtractContent;
import io.connectorkit.runtime.internal.store.TableView;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** SQL of the views of all sources, made again only where something has changed. */
final class SourceViews {

  private record Made(ExtractContent content, Map<String, String> selects) {}

  private final Path extracts;
  private Map<String, Made> made = Map.of();

  SourceViews(Path extracts) {
    this.extracts = extracts;
  }

  /** By source and table. */
  Map<String, Map<String, String>> of(Map<String, ExtractContent> contents) {
    Map<String, Made> now = new LinkedHashMap<>();
    Map<String, Map<String, String>> selects = new LinkedHashMap<>();
    contents.forEach((source, content) -> {
      Made last = made.get(source);
      // What has not changed is the same object; to compare the content would take longer than to make the views.
      Made next = last != null && last.content() == content ? last : make(source, content);
      now.put(source, next);
      selects.put(source, next.selects());
    });
    made = now;
    return selects;
  }

  private Made make(String source, ExtractContent content) {
    Map<String, String> selects = new LinkedHashMap<>();
    content.tables().forEach(table -> selects.put(table.table(), TableView.select(extracts.resolve(source), table)));
    return new Made(content, selects);
  }
}
