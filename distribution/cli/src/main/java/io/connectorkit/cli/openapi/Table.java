package io.connectorkit.cli.openapi;

import java.util.ArrayList;
import java.util.List;

/**
 * A proposed table.
 *
 * @param params of its own, as lines of YAML
 * @param key a column; empty if there is none
 * @param incremental of the section {@code incremental}; empty if there is none
 * @param notes for people to look at
 */
record Table(String name, String description, String path, List<String> params, String records, String paging, String key, String incremental,
    List<Column> columns, List<String> notes) {

  /** As YAML below {@code tables}. */
  List<String> yaml() {
    List<String> lines = new ArrayList<>();
    notes.forEach(note -> lines.add("# " + note));
    lines.add(name + ":");
    List<String> parts = new ArrayList<>();
    add(parts, "description", description.isEmpty() ? "" : Text.value(description));
    add(parts, "path", Text.value(path));
    add(parts, "params", params.isEmpty() ? "" : "{" + String.join(", ", params) + "}");
    add(parts, "records", records.isEmpty() ? "" : Text.value(records));
    add(parts, "paging", paging);
    add(parts, "key", key.isEmpty() ? "" : "[" + Text.value(key) + "]");
    add(parts, "incremental", incremental);
    parts.add("columns:");
    columns.forEach(column -> parts.add("  " + column.yaml()));
    parts.forEach(part -> lines.add("  " + part));
    return lines;
  }

  private static void add(List<String> parts, String key, String value) {
    if (!value.isEmpty()) {
      parts.add(key + ": " + value);
    }
  }
}
