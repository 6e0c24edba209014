package io.connectorkit.connector.jdbc;

import io.connectorkit.api.ConnectorException;
import io.connectorkit.api.WriteRequest;
import io.connectorkit.api.WriteResult;
import io.connectorkit.api.WriteResult.Refused;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.arrow.vector.types.pojo.Field;

/** Brings one batch into a table: in one transaction, with the batch's key in the write log, so that no batch counts twice. */
final class Writer {

  private final Connection connection;
  private final WriteRequest request;
  private final String quote;
  private final String table;
  private final WriteLog log;
  private final List<Map<String, Object>> rows;
  private final List<String> columns;
  private final List<String> key;
  private final List<Refused> refused = new ArrayList<>();

  Writer(Connection connection, WriteRequest request, String quote) {
    this.connection = connection;
    this.request = request;
    this.quote = quote;
    this.table = TableId.parse(request.table().sourceId()).sql(quote);
    this.log = new WriteLog(connection, TableId.parse(TableOptions.writeLog(request.context().settings())).sql(quote));
    this.rows = List.copyOf(request.rows());
    this.columns = request.batch().getSchema().getFields().stream().map(Field::getName).toList();
    this.key = request.table().primaryKey();
  }

  WriteResult write() throws SQLException {
    if (!request.dryRun()) {
      log.create();
    }
    connection.setAutoCommit(false);
    if (!request.dryRun()) {
      var before = log.find(request.idempotencyKey());
      if (before.isPresent()) {
        return before.get();
      }
      log.begin(request.idempotencyKey());
    }
    take(0, rows.size());
    if (request.dryRun()) {
      connection.rollback();
    } else {
      log.add(request.idempotencyKey(), refused);
      connection.commit();
    }
    return WriteResult.refusing(refused);
  }

  /** All of them at once; if a row is refused, the halves by themselves. */
  private void take(int from, int to) throws SQLException {
    request.context().cancellation().check();
    Savepoint before = connection.setSavepoint();
    try {
      take(rows.subList(from, to));
    } catch (SQLException e) {
      if (!Failures.ofRow(e)) {
        throw e;
      }
      connection.rollback(before);
      if (to - from == 1) {
        refused.add(new Refused(from, Failures.message(e)));
      } else {
        int middle = (from + to) >>> 1;
        take(from, middle);
        take(middle, to);
      }
    }
  }

  private void take(List<Map<String, Object>> part) throws SQLException {
    switch (request.mode()) {
      case APPEND -> insert(part);
      case DELETE -> run("DELETE FROM " + table + keyed(), part, key);
      case UPSERT -> {
        List<String> others = columns.stream().filter(column -> !key.contains(column)).toList();
        List<String> set = others.isEmpty() ? key : others;
        List<String> order = new ArrayList<>(set);
        order.addAll(key);
        int[] found = run("UPDATE " + table + " SET " + assigned(set, ", ") + keyed(), part, order);
        insert(IntStream.range(0, found.length).filter(i -> found[i] == 0).mapToObj(part::get).toList());
      }
    }
  }

  private void insert(List<Map<String, Object>> part) throws SQLException {
    if (!part.isEmpty()) {
      String names = columns.stream().map(column -> TableId.quoted(column, quote)).collect(Collectors.joining(", "));
      String marks = String.join(", ", Collections.nCopies(columns.size(), "?"));
      run("INSERT INTO " + table + " (" + names + ") VALUES (" + marks + ")", part, columns);
    }
  }

  private String keyed() {
    return " WHERE " + assigned(key, " AND ");
  }

  private String assigned(List<String> names, String between) {
    return names.stream().map(name -> TableId.quoted(name, quote) + " = ?").collect(Collectors.joining(between));
  }

  /** How many rows each one has met. */
  private int[] run(String sql, List<Map<String, Object>> part, List<String> order) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (Map<String, Object> row : part) {
        bind(statement, row, order);
        statement.addBatch();
      }
      int[] counts = statement.executeBatch();
      for (int i = 0; i < counts.length; i++) {
        if (counts[i] == Statement.SUCCESS_NO_INFO && sql.startsWith("UPDATE")) {
          // This driver does not count in batches: once more, alone, with the same outcome.
          bind(statement, part.get(i), order);
          counts[i] = statement.executeUpdate();
        }
      }
      return counts;
    }
  }

  private static void bind(PreparedStatement statement, Map<String, Object> row, List<String> order) throws SQLException {
    for (int i = 0; i < order.size(); i++) {
      statement.setObject(i + 1, value(order.get(i), row.get(order.get(i))));
    }
  }

  private static Object value(String column, Object value) {
    if (value instanceof Instant instant) {
      return instant.atOffset(ZoneOffset.UTC);
    }
    if (value instanceof BigInteger number) {
      return new BigDecimal(number);
    }
    if (value instanceof List<?> list) {
      return array(list);
    }
    if (value instanceof Map<?, ?>) {
      throw ConnectorException.permanent("column '" + column + "': structs and maps cannot be written; leave the column out", null);
    }
    return value;
  }

  /** The text of an array, as PostgreSQL writes it. */
  private static String array(List<?> list) {
    return list.stream().map(item -> item == null ? "NULL" : item instanceof List<?> inner ? array(inner)
        : '"' + (item instanceof byte[] bytes ? "\\x" + HexFormat.of().formatHex(bytes) : item.toString()).replace("\\", "\\\\")
            .replace("\"", "\\\"") + '"').collect(Collectors.joining(",", "{", "}"));
  }
}
