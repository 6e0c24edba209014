package io.connectorkit.contract;

import io.connectorkit.api.BatchSource;
import io.connectorkit.api.ConnectorException;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.arrow.c.ArrowArrayStream;
import org.apache.arrow.c.Data;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.duckdb.DuckDBConnection;
import org.duckdb.DuckDBDriver;
import org.duckdb.DuckDBResultSet;

/** A DuckDB in memory. */
final class Duck implements AutoCloseable {

  @FunctionalInterface
  interface Reading {
    void use(ArrowReader reader) throws IOException;
  }

  private Connection connection;

  /** Opened when it is needed first: most connectors need none. */
  private synchronized Connection connection() throws SQLException {
    if (connection == null) {
      connection = new DuckDBDriver().connect("jdbc:duckdb:", new Properties());
      try (Statement statement = connection.createStatement()) {
        statement.execute("SET TimeZone='UTC'");
      }
    }
    return connection;
  }

  /** The batches of a query's result. */
  void read(BatchSource.Query query, BufferAllocator allocator, int batchSize, Reading reading) throws IOException {
    try (PreparedStatement statement = prepare(query.sql(), query.parameters());
        ResultSet result = statement.executeQuery();
        ArrowReader reader = (ArrowReader) result.unwrap(DuckDBResultSet.class).arrowExportStream(allocator, batchSize)) {
      reading.use(reader);
    } catch (SQLException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  /** The rows of a query as maps. */
  List<Map<String, Object>> rows(BatchSource.Query query, String before, String after, int limit) throws SQLException {
    try (PreparedStatement statement = prepare(before + query.sql() + after, query.parameters());
        ResultSet result = statement.executeQuery()) {
      return rows(result, limit);
    }
  }

  /** The rows of a query over an Arrow reader. */
  List<Map<String, Object>> rows(ArrowReader reader, BufferAllocator allocator, String sql) throws SQLException {
    try (ArrowArrayStream stream = ArrowArrayStream.allocateNew(allocator)) {
      Data.exportArrayStream(allocator, reader, stream);
      connection().unwrap(DuckDBConnection.class).registerArrowStream("t", stream);
      try (Statement statement = connection().createStatement(); ResultSet result = statement.executeQuery(sql)) {
        return rows(result, Integer.MAX_VALUE);
      } finally {
        // A statement that failed is closed, so this takes another.
        try (Statement statement = connection().createStatement()) {
          statement.execute("DROP VIEW IF EXISTS t");
        }
      }
    }
  }

  private static List<Map<String, Object>> rows(ResultSet result, int limit) throws SQLException {
    List<Map<String, Object>> rows = new ArrayList<>();
    int columns = result.getMetaData().getColumnCount();
    while (result.next()) {
      if (rows.size() == limit) {
        throw ConnectorException.permanent("the query gives more than " + limit + " rows", null);
      }
      Map<String, Object> row = new LinkedHashMap<>();
      for (int i = 1; i <= columns; i++) {
        row.put(result.getMetaData().getColumnName(i), result.getObject(i));
      }
      rows.add(row);
    }
    return rows;
  }

  private PreparedStatement prepare(String sql, List<Object> parameters) throws SQLException {
    PreparedStatement statement = connection().prepareStatement(sql);
    try {
      for (int i = 0; i < parameters.size(); i++) {
        Object value = parameters.get(i);
        statement.setObject(i + 1, value instanceof List<?> list ? connection().createArrayOf("VARCHAR", list.toArray()) : value);
      }
      return statement;
    } catch (SQLException | RuntimeException e) {
      statement.close();
      throw e;
    }
  }

  @Override
  public synchronized void close() {
    try {
      if (connection != null) {
        connection.close();
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
