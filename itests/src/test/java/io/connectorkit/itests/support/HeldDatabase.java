package io.connectorkit.itests.support;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.duckdb.DuckDBDriver;

/**
 * A DuckDB file that a client has open. Attached to a database of its own, since a driver that opens the same path twice in one process
 * shares what it opened first.
 */
public final class HeldDatabase implements AutoCloseable {

  private final Connection connection;

  public HeldDatabase(Path file) throws SQLException {
    connection = new DuckDBDriver().connect("jdbc:duckdb:", new Properties());
    try (Statement statement = connection.createStatement()) {
      statement.execute("ATTACH '" + file.toString().replace("'", "''") + "' AS held (READ_ONLY)");
      statement.execute("USE held");
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }

  /** The rows of a query over numbers. */
  public List<List<Long>> numbers(String sql) throws SQLException {
    try (Statement statement = connection.createStatement(); ResultSet result = statement.executeQuery(sql)) {
      List<List<Long>> rows = new ArrayList<>();
      while (result.next()) {
        List<Long> row = new ArrayList<>();
        for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
          row.add(result.getLong(i));
        }
        rows.add(row);
      }
      return rows;
    }
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
