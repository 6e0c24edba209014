package io.connectorkit.runtime.internal.analytics;

import io.connectorkit.host.KitException;
import io.connectorkit.runtime.internal.config.Home;
import io.connectorkit.runtime.internal.config.HostConfig;
import io.connectorkit.runtime.internal.duckdb.DuckDb;
import io.connectorkit.runtime.internal.isolation.Sayable;
import io.connectorkit.runtime.internal.remote.RemoteViews;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.duckdb.DuckDBConnection;
import org.duckdb.DuckDBDriver;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Sessions for queries of people over {@code analytics.duckdb}: each sees nothing but the extracts and changes nothing. */
@Component(service = ReadSessions.class, configurationPid = HostConfig.PID)
public final class ReadSessions {

  /** What the view of a table at its source says. */
  private static final Pattern OWN = Pattern.compile("(KIT-501[01]) (.*)", Pattern.DOTALL);

  private final Home home;
  private final Analytics analytics;
  private final RemoteViews remote;
  private final String memory;

  @Activate
  public ReadSessions(@Reference Home home, @Reference Analytics analytics, @Reference RemoteViews remote, HostConfig config) {
    this.home = home;
    this.analytics = analytics;
    this.remote = remote;
    this.memory = config.duckdb_memory();
  }

  /**
   * A DuckDB instance of its own for one statement, with locked settings and results that are streams. Close it.
   *
   * @throws KitException KIT-5001 if there is nothing to query, KIT-5002 if DuckDB cannot open it or parse the statement, KIT-5003 if that is
   *     not one SELECT
   */
  public DuckDBConnection open(String sql) {
    return open(sql, null);
  }

  /** The same with less memory; null for that of the host. */
  public DuckDBConnection open(String sql, String bound) {
    if (!Files.exists(home.analytics())) {
      throw new KitException("KIT-5001", "nothing has been extracted yet; deploy a connector first");
    }
    analytics.settle();
    Properties streaming = new Properties();
    streaming.setProperty(DuckDBDriver.JDBC_STREAM_RESULTS, "true");
    DuckDBConnection session = null;
    try {
      session = (DuckDBConnection) new DuckDBDriver().connect("jdbc:duckdb:", streaming);
      String statement = requireSelect(session, sql);
      attach(session);
      remote.show(session, statement, analytics.contents());
      restrict(session, bound == null ? memory : bound);
      return session;
    } catch (SQLException e) {
      close(session);
      throw refused(e);
    } catch (RuntimeException e) {
      close(session);
      throw e;
    }
  }

  private void attach(Connection session) throws SQLException {
    DuckDb.execute(session, "ATTACH " + DuckDb.literal(home.analytics().toString()) + " AS analytics (READ_ONLY)");
    DuckDb.execute(session, "USE analytics");
  }

  private void restrict(Connection session, String bound) throws SQLException {
    DuckDb.execute(session, "SET TimeZone = 'UTC'");
    DuckDb.execute(session, "SET temp_directory = " + DuckDb.literal(home.tmp().toString()));
    DuckDb.execute(session, "SET memory_limit = " + DuckDb.literal(bound));
    DuckDb.execute(session, "SET allowed_directories = [" + DuckDb.literal(home.extracts() + "/") + "]");
    DuckDb.execute(session, "SET enable_external_access = false");
    DuckDb.execute(session, "SET lock_configuration = true");
  }

  private static void close(Connection session) {
    try {
      if (session != null) {
        session.close();
      }
    } catch (SQLException e) {
      throw refused(e);
    }
  }

  /** DuckDB's own parser says whether this is one SELECT, for a COPY would write even here, and what is in it, in JSON. */
  private static String requireSelect(Connection session, String sql) throws SQLException {
    try (PreparedStatement statement = session.prepareStatement(
        "SELECT json_extract_string(j, '$.error_type'), json_extract_string(j, '$.error_message'), json_array_length(j, '$.statements'), j::VARCHAR"
            + " FROM (SELECT json_serialize_sql(?::VARCHAR) AS j)")) {
      statement.setString(1, sql);
      try (ResultSet parsed = statement.executeQuery()) {
        parsed.next();
        if ("parser".equals(parsed.getString(1))) {
          throw new KitException("KIT-5002", "Parser Error: " + parsed.getString(2));
        }
        if (parsed.getString(1) != null || parsed.getLong(3) != 1) {
          throw new KitException("KIT-5003", "only one SELECT (or DESCRIBE, SHOW, SUMMARIZE) can be run here");
        }
        return parsed.getString(4);
      }
    }
  }

  /** Why a query failed while its rows were fetched: the driver loses what DuckDB says of results that are streams, so it is asked once more. */
  static SQLException reason(Connection session, String sql, SQLException e) {
    if (String.valueOf(e.getMessage()).contains("Invalid result set")) {
      try {
        DuckDb.execute(session, "CREATE TEMP TABLE kit_reason AS SELECT * FROM (\n" + sql.strip().replaceAll("(;\\s*)+$", "") + "\n)");
      } catch (SQLException own) {
        return own;
      }
    }
    return e;
  }

  /** What DuckDB says against a query, on one line. */
  public static KitException refused(SQLException e) {
    Matcher own = OWN.matcher(String.valueOf(e.getMessage()));
    if (own.find()) {
      return new KitException(own.group(1), Sayable.line(own.group(2)), e);
    }
    return new KitException("KIT-5002", String.valueOf(e.getMessage()).strip().replaceAll("\\s*[\\r\\n]+\\s*", " "), e);
  }
}
