package io.connectorkit.connector.jdbc;

import io.connectorkit.api.ConnectorException;
import io.connectorkit.api.TableInfo;
import java.sql.BatchUpdateException;
import java.sql.SQLDataException;
import java.sql.SQLException;
import java.sql.SQLIntegrityConstraintViolationException;
import java.sql.SQLInvalidAuthorizationSpecException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientException;
import java.util.Set;

/** What a database's errors mean to the host. */
final class Failures {

  private static final int LONGEST = 600;
  /** Classes of SQLSTATE: connection, transaction rolled back, resources, operator's intervention, system. */
  private static final Set<String> PASSING = Set.of("08", "40", "53", "57", "58");
  /** Object in use, lock not available; H2: broken connection, closed database. */
  private static final Set<String> PASSING_STATES = Set.of("55006", "55P03", "90067", "90121");
  /** Data, constraint, check option, and errors that a trigger raises. */
  private static final Set<String> OF_ROWS = Set.of("22", "23", "44", "P0");

  private Failures() {}

  static String of(TableInfo table) {
    return "table '" + table.sourceId() + "'";
  }

  static ConnectorException of(String what, SQLException e) {
    String message = what + ": " + message(e);
    String state = state(e);
    if (state.startsWith("28") || e instanceof SQLInvalidAuthorizationSpecException) {
      return ConnectorException.authentication(message + "; check user and password", e);
    }
    return e instanceof SQLTransientException || e instanceof SQLRecoverableException || PASSING.contains(family(state))
        || PASSING_STATES.contains(state) ? ConnectorException.transientFailure(message, null, e) : ConnectorException.permanent(message, e);
  }

  /** Whether it is about the values of a row, and not about the statement. */
  static boolean ofRow(SQLException e) {
    SQLException cause = cause(e);
    return OF_ROWS.contains(family(state(e))) || cause instanceof SQLDataException || cause instanceof SQLIntegrityConstraintViolationException;
  }

  /** The database's words on one line. */
  static String message(SQLException e) {
    String text = String.valueOf(cause(e).getMessage()).replaceAll("[\\s\\p{Cntrl}]+", " ").strip();
    return text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text;
  }

  /** What a batch hides behind itself. */
  private static SQLException cause(SQLException e) {
    return e instanceof BatchUpdateException && e.getNextException() != null ? e.getNextException() : e;
  }

  private static String state(SQLException e) {
    String state = cause(e).getSQLState();
    return state == null ? "" : state;
  }

  private static String family(String state) {
    return state.length() < 2 ? state : state.substring(0, 2);
  }
}
