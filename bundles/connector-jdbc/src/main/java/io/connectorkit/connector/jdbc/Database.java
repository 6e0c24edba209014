package io.connectorkit.connector.jdbc;

import io.connectorkit.api.BatchSource;
import io.connectorkit.api.ConnectorContext;
import io.connectorkit.api.ReadRequest;
import io.connectorkit.api.Split;
import io.connectorkit.api.TableInfo;
import io.connectorkit.api.WriteRequest;
import io.connectorkit.api.WriteResult;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** A connection to a database, for one call. */
abstract class Database {

  protected final ConnectorContext context;
  protected final Connection connection;

  Database(ConnectorContext context, Connection connection) {
    this.context = context;
    this.connection = connection;
    context.cancellation().onCancel(this::abort);
  }

  abstract List<TableInfo> tables() throws SQLException;

  abstract List<Split> splits(ReadRequest request) throws SQLException;

  /** The rows; whoever closes them ends the connection. */
  abstract BatchSource read(ReadRequest request) throws SQLException;

  /** What stands before and behind a name in SQL. */
  abstract String quote() throws SQLException;

  final WriteResult write(WriteRequest request) throws SQLException {
    return new Writer(connection, request, quote()).write();
  }

  /** Ends it; what is not committed is undone. */
  final void close() {
    close(connection);
  }

  /** The same, whatever it does at the moment. */
  final void abort() {
    try {
      connection.abort(Runnable::run);
    } catch (SQLException e) {
      System.getLogger(Database.class.getName()).log(Level.DEBUG, "a connection cannot be ended", e);
    }
    close(connection);
  }

  static void close(Connection connection) {
    try {
      connection.close();
    } catch (SQLException e) {
      System.getLogger(Database.class.getName()).log(Level.DEBUG, "a connection cannot be closed", e);
    }
  }
}
