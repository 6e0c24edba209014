package io.connectorkit.runtime.internal.write;

import static io.connectorkit.runtime.internal.duckdb.DuckDb.identifier;

import io.connectorkit.api.BatchSource.Query;
import io.connectorkit.api.ConnectorException;
import io.connectorkit.api.TableInfo;
import io.connectorkit.api.WriteMode;
import io.connectorkit.host.KitException;
import io.connectorkit.runtime.internal.analytics.ReadSessions;
import io.connectorkit.runtime.internal.duckdb.Sql;
import io.connectorkit.runtime.internal.extract.RunCancellation;
import java.io.IOException;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.types.pojo.Schema;
import org.duckdb.DuckDBConnection;
import org.duckdb.DuckDBResultSet;

/**
 * The rows that are to be written: all of the query's result, held by a DuckDB instance within its memory limit and on disk beyond it. So
 * every row is known to be sound before the first one is sent, and what is extracted meanwhile does not matter.
 */
final class SourceRows implements AutoCloseable {

  private static final String ROWS = "temp.kit_rows";

  private final DuckDBConnection session;
  private final RunCancellation cancellation;
  private final String sql;
  private final TableInfo table;
  private Schema schema;
  private long count;
  private Statement statement;
  private ArrowReader reader;

  SourceRows(ReadSessions sessions, String sql, TableInfo table, RunCancellation cancellation) {
    this.table = table;
    this.sql = sql;
    this.cancellation = cancellation;
    this.session = sessions.open(sql);
  }

  /**
   * Runs the query.
   *
   * @throws KitException KIT-500x if it cannot be run, KIT-3042 to KIT-3044 if its rows do not fit the table
   */
  void query(WriteMode mode, BufferAllocator allocator) {
    try {
      String select = sql.strip().replaceAll("(;\\s*)+$", "");
      WriteColumns columns = WriteColumns.of(table, mode, columns(select, allocator));
      schema = columns.schema();
      run("CREATE TEMP TABLE kit_rows AS " + columns.select(select));
      count = Long.parseLong(Sql.first(session, "SELECT count(*) FROM " + ROWS));
      requireValues(columns);
      if (mode.byKey()) {
        requireDistinctKeys();
      }
    } catch (SQLException e) {
      throw ReadSessions.refused(e);
    } catch (ConnectorException e) {
      // Of a type that Arrow does not have.
      throw new KitException("KIT-5002", e.getMessage(), e);
    }
  }

  private List<WriteColumns.Given> columns(String sql, BufferAllocator allocator) throws SQLException {
    List<String> types = new ArrayList<>();
    try (Statement nothing = session.createStatement(); ResultSet result = nothing.executeQuery("SELECT * FROM (\n" + sql + "\n) LIMIT 0")) {
      ResultSetMetaData columns = result.getMetaData();
      for (int i = 1; i <= columns.getColumnCount(); i++) {
        types.add(columns.getColumnTypeName(i));
      }
    }
    Schema given = Sql.describe(session, new Query("\n" + sql + "\n", List.of()), allocator);
    List<WriteColumns.Given> all = new ArrayList<>();
    given.getFields().forEach(field -> all.add(new WriteColumns.Given(field, types.get(all.size()))));
    return all;
  }

  private void run(String sql) throws SQLException {
    try (Statement work = session.createStatement()) {
      Runnable cancel = () -> cancel(work);
      cancellation.onCancel(cancel);
      try {
        work.execute(sql);
      } finally {
        cancellation.forget(cancel);
      }
    }
  }

  private static void cancel(Statement statement) {
    try {
      statement.cancel();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private void requireValues(WriteColumns columns) throws SQLException {
    for (String column : columns.required()) {
      long nulls = Long.parseLong(Sql.first(session, "SELECT count(*) FROM " + ROWS + " WHERE " + identifier(column) + " IS NULL"));
      if (nulls > 0) {
        throw new KitException("KIT-3044", WriteColumns.where(table) + "column '" + column + "' is null in " + nulls + " of " + count
            + " rows and may not be; nothing was written: correct the query");
      }
    }
  }

  private void requireDistinctKeys() throws SQLException {
    String key = WriteColumns.list(table.primaryKey());
    String twice = Sql.first(session, "SELECT concat_ws(', ', " + table.primaryKey().stream().map(column -> identifier(column) + "::VARCHAR")
        .collect(Collectors.joining(", ")) + ") || ' in ' || count(*) || ' rows' FROM " + ROWS + " GROUP BY " + key
        + " HAVING count(*) > 1 ORDER BY ALL LIMIT 1");
    if (twice != null) {
      throw new KitException("KIT-3044", WriteColumns.where(table) + "the key " + table.primaryKey() + " is not unique: " + twice
          + "; which of them is to be written would be left to chance, so nothing was written: correct the query");
    }
  }

  /** How many there are. */
  long count() {
    return count;
  }

  /**
   * The next batch, for the caller to close; null at the end.
   *
   * @param size rows at most; the same each time
   */
  VectorSchemaRoot next(int size, BufferAllocator allocator) throws SQLException, IOException {
    if (reader == null) {
      statement = session.createStatement();
      reader = (ArrowReader) ((DuckDBResultSet) statement.executeQuery("FROM " + ROWS)).arrowExportStream(allocator, size);
    }
    while (reader.loadNextBatch()) {
      VectorSchemaRoot given = reader.getVectorSchemaRoot();
      if (given.getRowCount() > 0) {
        VectorSchemaRoot batch = VectorSchemaRoot.create(schema, allocator);
        for (int i = 0; i < schema.getFields().size(); i++) {
          given.getVector(i).makeTransferPair(batch.getVector(i)).transfer();
        }
        batch.setRowCount(given.getRowCount());
        return batch;
      }
    }
    return null;
  }

  @Override
  public void close() throws SQLException, IOException {
    try (DuckDBConnection closing = session; Statement also = statement; ArrowReader first = reader) {
      reader = null;
    }
  }
}
