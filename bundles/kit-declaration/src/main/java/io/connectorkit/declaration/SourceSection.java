package io.connectorkit.declaration;

import io.connectorkit.api.Paging;
import io.connectorkit.api.TableInfo;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The section {@code source} of {@code connector.yaml}: the tables of a connector that is made of nothing else.
 *
 * @param tables in the order of the document; at least one
 */
public record SourceSection(List<SourceTable> tables) {

  static SourceSection read(OptionReader options, Set<String> settings) {
    options.only(Set.of("paging", "params", "tables"));
    Paging paging = SourcePaging.read(options.section("paging"), Paging.none());
    Map<String, Template> params = SourceTable.templates(options.section("params"), settings);
    OptionReader section = options.section("tables");
    if (section.entries().isEmpty()) {
      options.add("'" + options.path("tables") + "' must have a table, and is empty or missing");
    }
    List<SourceTable> tables = new ArrayList<>();
    section.entries().forEach((name, value) ->
        tables.add(SourceTable.read(section.section(name), value.line(), name, paging, params, settings)));
    Map<String, String> views = new HashMap<>();
    section.entries().forEach((name, value) -> {
      String other = views.putIfAbsent(TableInfo.table(name).build().viewName(), name);
      if (other != null) {
        section.add(value.line(), Problems.quoted(section.path(name)) + " and " + Problems.quoted(other) + " have the same name in SQL; rename one");
      }
    });
    return new SourceSection(List.copyOf(tables));
  }
}
