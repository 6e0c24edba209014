package io.connectorkit.connector.jdbc;

import io.connectorkit.api.ConnectorException;
import java.lang.System.Logger;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Supplier;

/** The moment from which all tables of a run are read: a transaction that others share, held open until the run ends. */
final class Snapshot implements AutoCloseable {

  private static final int PATIENCE_SECONDS = 5;

  private final Supplier<Connection> connect;
  private final Logger log;
  private final Set<String> lost = new HashSet<>();
  private Connection holder;
  private String id;

  Snapshot(Supplier<Connection> connect, Logger log) {
    this.connect = connect;
    this.log = log;
  }

  /** Its id; another one if the server has lost the last. */
  synchronized String id() throws SQLException {
    if (holder != null && !holder.isValid(PATIENCE_SECONDS)) {
      log.log(Logger.Level.WARNING, "the database has lost the snapshot of this run; what is read from now on is from a later moment");
      lost.add(id);
      close();
    }
    if (holder == null) {
      Connection connection = connect.get();
      try {
        id = export(connection);
        holder = connection;
      } finally {
        if (holder == null) {
          Database.close(connection);
        }
      }
    }
    return id;
  }

  private static String export(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("SET idle_in_transaction_session_timeout = 0");
      begin(connection);
      try (ResultSet row = statement.executeQuery("SELECT pg_export_snapshot()")) {
        row.next();
        return row.getString(1);
      }
    }
  }

  private static void begin(Connection connection) throws SQLException {
    connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
    connection.setReadOnly(true);
    connection.setAutoCommit(false);
  }

  /**
   * Has a connection see what the snapshot sees.
   *
   * @param wanted the snapshot that the other pieces of a table are read from; one of another run is as good as any; empty for no matter
   */
  void enter(Connection connection, String wanted) throws SQLException {
    String current = id();
    synchronized (this) {
      if (lost.contains(wanted)) {
        throw ConnectorException.transientFailure("the database has lost the snapshot of the other pieces of this table", null, null);
      }
    }
    begin(connection);
    try (Statement statement = connection.createStatement()) {
      statement.execute("SET TRANSACTION SNAPSHOT '" + current.replace("'", "") + "'");
    } catch (SQLException e) {
      throw ConnectorException.transientFailure("the database has lost the snapshot of this run: " + Failures.message(e), null, e);
    }
  }

  @Override
  public synchronized void close() {
    if (holder != null) {
      Database.close(holder);
      holder = null;
    }
  }
}
