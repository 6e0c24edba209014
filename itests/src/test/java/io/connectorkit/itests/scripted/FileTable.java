package io.connectorkit.itests.scripted;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A table in a file: a line for each row, a tab between values, {@code id} as the key. Beside it lie the idempotency keys that it has seen
 * and a journal of what it was asked for.
 */
public record FileTable(Path file, List<String> columns) {

  private static final String NULL = "-";

  List<List<Object>> rows() {
    return lines(file).stream().map(line -> {
      String[] texts = line.split("\t");
      List<Object> row = new ArrayList<>();
      for (int i = 0; i < columns.size(); i++) {
        row.add(texts[i].equals(NULL) ? null : columns.get(i).equals("total") ? new BigDecimal(texts[i]) : texts[i]);
      }
      return row;
    }).toList();
  }

  private String line(Map<String, Object> row) {
    return columns.stream().map(column -> row.get(column) == null ? NULL : String.valueOf(row.get(column))).collect(Collectors.joining("\t"));
  }

  void append(List<Map<String, Object>> rows) {
    add(file, rows.stream().map(this::line).toList());
  }

  void upsert(List<Map<String, Object>> rows) {
    Map<String, Map<String, Object>> all = byKey();
    rows.forEach(row -> all.computeIfAbsent(String.valueOf(row.get("id")), key -> new LinkedHashMap<>()).putAll(row));
    replace(all);
  }

  void delete(List<Map<String, Object>> rows) {
    Map<String, Map<String, Object>> all = byKey();
    rows.forEach(row -> all.remove(String.valueOf(row.get("id"))));
    replace(all);
  }

  private Map<String, Map<String, Object>> byKey() {
    Map<String, Map<String, Object>> all = new LinkedHashMap<>();
    for (List<Object> values : rows()) {
      Map<String, Object> row = new LinkedHashMap<>();
      columns.forEach(column -> row.put(column, values.get(row.size())));
      all.put(String.valueOf(row.get("id")), row);
    }
    return all;
  }

  private void replace(Map<String, Map<String, Object>> rows) {
    try {
      Files.write(file, rows.values().stream().map(this::line).toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  boolean known(String key) {
    return lines(beside("keys")).contains(key);
  }

  void remember(String key) {
    add(beside("keys"), List.of(key));
  }

  void note(String what) {
    add(beside("journal"), List.of(what));
  }

  private Path beside(String name) {
    return file.resolveSibling(file.getFileName() + "." + name);
  }

  private static List<String> lines(Path file) {
    try {
      return Files.exists(file) ? Files.readAllLines(file) : List.of();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void add(Path file, List<String> lines) {
    try {
      Files.write(file, lines, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
