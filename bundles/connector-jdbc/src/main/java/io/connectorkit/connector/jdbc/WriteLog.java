package io.connectorkit.connector.jdbc;

import io.connectorkit.api.ConnectorException;
import io.connectorkit.api.WriteResult;
import io.connectorkit.api.WriteResult.Refused;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A table in the database that remembers batches: one row for each, and one for each row that was refused. */
record WriteLog(Connection connection, String table) {

  private static final int NONE = -1;
  private static final int LONGEST = 1_000;

  /** Makes the table unless it is there. Before the transaction, since many databases commit at that. */
  void create() throws SQLException {
    try (Statement statement = connection.createStatement()) {
      try {
        statement.executeQuery("SELECT batch_key, row_index, reason FROM " + table + " WHERE 1 = 0").close();
      } catch (SQLException absent) {
        make(statement, absent);
      }
    }
  }

  private void make(Statement statement, SQLException absent) throws SQLException {
    if (Failures.of("", absent).kind() != ConnectorException.Kind.PERMANENT) {
      throw absent;
    }
    String sql = "CREATE TABLE " + table + " (batch_key VARCHAR(130) NOT NULL, row_index INTEGER NOT NULL, reason VARCHAR(" + LONGEST
        + "), PRIMARY KEY (batch_key, row_index))";
    try {
      statement.execute(sql);
    } catch (SQLException e) {
      throw ConnectorException.permanent("the write log cannot be made: " + Failures.message(e) + "; let an administrator run: " + sql
          + ", or set write_log to a table like that", e);
    }
  }

  /** The answer to a batch that was written before. */
  Optional<WriteResult> find(String key) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement("SELECT row_index, reason FROM " + table + " WHERE batch_key = ?")) {
      statement.setString(1, key);
      List<Refused> refused = new ArrayList<>();
      boolean found = false;
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          found = true;
          if (rows.getInt(1) != NONE) {
            refused.add(new Refused(rows.getInt(1), rows.getString(2)));
          }
        }
      }
      return found ? Optional.of(WriteResult.refusing(refused)) : Optional.empty();
    }
  }

  /** Remembers a batch; whoever sends the same one meanwhile waits here, and fails. */
  void begin(String key) throws SQLException {
    try {
      add(key, NONE, null);
    } catch (SQLException e) {
      if (!Failures.ofRow(e)) {
        throw e;
      }
      throw ConnectorException.transientFailure("the same batch is being written by somebody else", null, e);
    }
  }

  void add(String key, List<Refused> refused) throws SQLException {
    for (Refused row : refused) {
      add(key, row.row(), row.reason());
    }
  }

  private void add(String key, int row, String reason) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement("INSERT INTO " + table + " (batch_key, row_index, reason) VALUES (?, ?, ?)")) {
      statement.setString(1, key);
      statement.setInt(2, row);
      statement.setString(3, reason == null || reason.length() <= LONGEST ? reason : reason.substring(0, LONGEST));
      statement.executeUpdate();
    }
  }
}
