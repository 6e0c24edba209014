package io.connectorkit.connector.keboola.fake;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/** A table of the fake: text in rows that know when they last changed. All methods may be called while it is exported. */
public final class FakeTable {

  /** A row; cells may be null. */
  public record Row(List<String> cells, long second) {}

  private final String id;
  private final List<String> key;
  private final AtomicLong clock;
  private final long created;
  private final Map<String, Object> extra = new LinkedHashMap<>();
  private final Map<Object, Row> rows = new LinkedHashMap<>();
  private List<String> columns;
  private Map<String, List<Map<String, Object>>> metadata = new LinkedHashMap<>();
  private long changed;
  private List<Path> files = List.of();

  FakeTable(String id, List<String> key, AtomicLong clock, String... columns) {
    this.id = id;
    this.key = key;
    this.clock = clock;
    this.created = clock.get();
    this.changed = created;
    columns(columns);
  }

  /** Sets the columns, each as {@code name}, {@code name TYPE} or {@code name TYPE(length)}; rows get nulls, or lose cells. */
  public synchronized FakeTable columns(String... declared) {
    List<String> before = columns;
    columns = Arrays.stream(declared).map(each -> each.split(" ")[0]).toList();
    metadata = new LinkedHashMap<>();
    for (String each : declared) {
      String[] parts = each.split("[ ()]");
      if (parts.length > 1) {
        say(parts[0], "storage", "KBC.datatype.basetype", parts[1]);
      }
      if (parts.length > 2) {
        say(parts[0], "storage", "KBC.datatype.length", parts[2]);
      }
    }
    if (before != null) {
      rows.replaceAll((name, row) -> new Row(new ArrayList<>(columns.stream()
          .map(column -> before.contains(column) ? row.cells().get(before.indexOf(column)) : null).toList()), row.second()));
      changed = clock.get();
    }
    return this;
  }

  /** Adds what somebody says of a column. */
  public synchronized FakeTable say(String column, String provider, String name, String value) {
    metadata.computeIfAbsent(column, none -> new ArrayList<>()).add(Map.of("provider", provider, "key", name, "value", value));
    return this;
  }

  /** Adds a field to its description, such as {@code isAlias}. */
  public synchronized FakeTable with(String field, Object value) {
    extra.put(field, value);
    return this;
  }

  /** Inserts a row, or changes it. */
  public synchronized FakeTable put(String... cells) {
    List<String> row = new ArrayList<>(Arrays.asList(cells));
    Object name = key.isEmpty() ? new Object() : IntStream.range(0, columns.size()).filter(i -> key.contains(columns.get(i))).mapToObj(row::get).toList();
    rows.put(name, new Row(row, clock.get()));
    changed = clock.get();
    return this;
  }

  /** Deletes rows. */
  public synchronized void remove(Predicate<Row> which) {
    rows.values().removeIf(which);
    changed = clock.get();
  }

  /** Has its exports be these files, in CSV without a header. */
  public synchronized FakeTable ofFiles(List<Path> slices, long count) {
    files = List.copyOf(slices);
    extra.put("rowsCount", count);
    return this;
  }

  synchronized List<Path> files() {
    return files;
  }

  /** All rows that changed at these times, with only these columns. */
  synchronized List<List<String>> rows(long since, long until, List<String> wanted, Predicate<Row> where) {
    int[] at = wanted.stream().mapToInt(columns::indexOf).toArray();
    return rows.values().stream().filter(row -> row.second() >= since && row.second() < until && where.test(row))
        .map(row -> Arrays.stream(at).mapToObj(row.cells()::get).toList()).toList();
  }

  /** The cells of all rows. */
  public synchronized List<List<String>> rows() {
    return rows.values().stream().map(Row::cells).toList();
  }

  public String id() {
    return id;
  }

  synchronized List<String> columns() {
    return columns;
  }

  /** As the API describes it. */
  synchronized Map<String, Object> detail(boolean list) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("id", id);
    json.put("name", id.substring(id.lastIndexOf('.') + 1));
    json.put("primaryKey", key);
    json.put("columns", columns);
    json.put("columnMetadata", metadata);
    json.put("created", time(created));
    json.put("lastChangeDate", time(changed));
    json.put("lastImportDate", time(changed));
    json.put("rowsCount", rows.size());
    json.put("isAlias", false);
    json.put("bucket", Map.of("id", id.substring(0, id.lastIndexOf('.'))));
    json.putAll(extra);
    if (list) {
      json.remove("sourceTable");
    }
    return json;
  }

  /** As Keboola writes it. */
  private static String time(long second) {
    return Instant.ofEpochSecond(second).toString().replace("Z", "+0000");
  }
}
