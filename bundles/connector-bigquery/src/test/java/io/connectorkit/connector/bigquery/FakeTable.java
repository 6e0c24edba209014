package io.connectorkit.connector.bigquery;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.apache.arrow.vector.types.pojo.Schema;

/** A table of the fake: each column as the REST API describes it, and as the Storage API delivers it. For any thread. */
public final class FakeTable {

  final String dataset;
  final String name;
  final String type;
  private final List<Column> columns = new CopyOnWriteArrayList<>();
  private final List<Object[]> rows = new ArrayList<>();
  volatile String more = "";
  volatile long bytesPerColumn = 1000;

  private record Column(String json, Field field) {}

  FakeTable(String dataset, String name, String type) {
    this.dataset = dataset;
    this.name = name;
    this.type = type;
  }

  /** Adds a column; JSON with single quotes. */
  public FakeTable column(String json, Field field) {
    columns.add(new Column(json.replace('\'', '"'), field));
    synchronized (rows) {
      rows.replaceAll(row -> java.util.Arrays.copyOf(row, columns.size()));
    }
    return this;
  }

  /** A nullable column without anything special. */
  public FakeTable column(String name, String type, org.apache.arrow.vector.types.pojo.ArrowType arrow) {
    return column("{'name': '" + name + "', 'type': '" + type + "', 'mode': 'NULLABLE'}", new Field(name, FieldType.nullable(arrow), null));
  }

  /** What else the REST API says of it, as fields of JSON with a comma behind each. */
  public FakeTable saying(String json) {
    more = json.replace('\'', '"');
    return this;
  }

  public FakeTable bytesPerColumn(long bytes) {
    bytesPerColumn = bytes;
    return this;
  }

  /** Adds a row, in place of the one with the same first value. */
  public FakeTable put(Object... values) {
    synchronized (rows) {
      if (values[0] != null) {
        rows.removeIf(row -> values[0].equals(row[0]));
      }
      rows.add(java.util.Arrays.copyOf(values, columns.size()));
    }
    return this;
  }

  /** Changes one value of the row with that first value. */
  public void set(long id, int column, Object value) {
    synchronized (rows) {
      rows.stream().filter(row -> row[0].equals(id)).forEach(row -> row[column] = value);
    }
  }

  /** Names of the columns. */
  public List<String> columns() {
    return schema().getFields().stream().map(Field::getName).toList();
  }

  /** Rows that are not marked as deleted as a query over what was extracted shows them, moments in microseconds; sorted by the first column. */
  public String csv() {
    int deleted = columns().indexOf("deleted");
    return rows().stream().filter(row -> !Boolean.TRUE.equals(row[deleted])).sorted((one, other) -> ((Long) one[0]).compareTo((Long) other[0]))
        .map(row -> java.util.Arrays.stream(row).map(FakeTable::cell).collect(java.util.stream.Collectors.joining(",")) + "\n")
        .collect(java.util.stream.Collectors.joining());
  }

  private static String cell(Object value) {
    return value == null ? "" : value instanceof java.time.Instant instant
        ? String.valueOf(java.time.temporal.ChronoUnit.MICROS.between(java.time.Instant.EPOCH, instant)) : value.toString();
  }

  /** The rows as they are now. */
  List<Object[]> rows() {
    synchronized (rows) {
      return List.copyOf(rows);
    }
  }

  Schema schema() {
    return new Schema(columns.stream().map(Column::field).toList());
  }

  String json() {
    return "{" + more + "\"type\": \"" + type + "\", \"schema\": {\"fields\": [" + String.join(", ", columns.stream().map(Column::json).toList()) + "]}}";
  }

  String id() {
    return dataset + "." + name;
  }

  /** Some of its columns and rows, as the result of a query has them. */
  FakeTable select(String other, List<String> names, List<Object[]> some) {
    FakeTable result = new FakeTable("_hidden", other, "TABLE");
    List<Integer> at = names.stream().map(column -> schema().getFields().indexOf(schema().findField(column))).toList();
    at.forEach(each -> result.columns.add(columns.get(each)));
    some.forEach(row -> result.rows.add(at.stream().map(each -> row[each]).toArray()));
    return result;
  }
}
