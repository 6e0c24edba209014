package io.connectorkit.runtime.internal.analytics;

import io.connectorkit.host.KitException;
import io.connectorkit.runtime.internal.config.Home;
import io.connectorkit.runtime.internal.config.HostConfig;
import io.connectorkit.runtime.internal.duckdb.DuckDb;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Properties;
import org.duckdb.DuckDBConnection;
import org.duckdb.DuckDBDriver;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Sessions for queries of people over {@code analytics.duckdb}: each sees nothing but the extracts and changes nothing. */
@Component(service = ReadSessions.class, configurationPid = HostConfig.PID)
public final class ReadSessions {

  private final Home home;
  private final Analytics analytics;
  private final String memory;

  @Activate
  public ReadSessions(@Reference Home home, @Reference Analytics analytics, HostConfig config) {
    this.home = home;
    this.analytics = analytics;
    this.memory = config.duckdb_memory();
  }

  /**
   * A DuckDB instance of its own whose settings are locked and whose results are streams. Close it.
   *
   * @throws KitException KIT-5001 if there is nothing to query, KIT-5002 if DuckDB cannot open it
   */
  public DuckDBConnection open() {
    return open(null);
  }

  /** The same with less memory; null for that of the host. */
  public DuckDBConnection open(String bound) {
    if (!Files.exists(home.analytics())) {
      throw new KitException("KIT-5001", "nothing has been extracted yet; deploy a connector first");
    }
    analytics.settle();
    Properties streaming = new Properties();
    streaming.setProperty(DuckDBDriver.JDBC_STREAM_RESULTS, "true");
    DuckDBConnection session = null;
    try {
      session = (DuckDBConnection) new DuckDBDriver().connect("jdbc:duckdb:", streaming);
      restrict(session, bound == null ? memory : bound);
      return session;
    } catch (SQLException e) {
      close(session);
      throw refused(e);
    }
  }

  private void restrict(Connection session, String bound) throws SQLException {
    DuckDb.execute(session, "ATTACH " + DuckDb.literal(home.analytics().toString()) + " AS analytics (READ_ONLY)");
    DuckDb.execute(session, "USE analytics");
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

  /** DuckDB's own parser says whether this is one SELECT; a COPY would write even here. */
  public static void requireSelect(Connection session, String sql) throws SQLException {
    try (PreparedStatement statement = session.prepareStatement(
        "SELECT json_extract_string(j, '$.error_type'), json_extract_string(j, '$.error_message'), json_array_length(j, '$.statements')"
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
      }
    }
  }

  /** What DuckDB says against a query, on one line. */
  public static KitException refused(SQLException e) {
    return new KitException("KIT-5002", String.valueOf(e.getMessage()).strip().replaceAll("\\s*[\\r\\n]+\\s*", " "), e);
  }
}
