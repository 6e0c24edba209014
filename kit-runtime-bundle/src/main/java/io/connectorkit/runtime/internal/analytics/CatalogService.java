package io.connectorkit.runtime.internal.analytics;

import io.connectorkit.host.Catalog;
import io.connectorkit.host.KitException;
import io.connectorkit.host.StoredTable;
import io.connectorkit.runtime.internal.config.Home;
import io.connectorkit.runtime.internal.config.HostConfig;
import io.connectorkit.runtime.internal.duckdb.DuckDb;
import io.connectorkit.runtime.internal.duckdb.Sql;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.duckdb.DuckDBDriver;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Lists and queries what was extracted. */
@Component(configurationPid = HostConfig.PID)
public final class CatalogService implements Catalog {

  private final Home home;
  private final Analytics analytics;
  private final String memory;

  @Activate
  public CatalogService(@Reference Home home, @Reference Analytics analytics, HostConfig config) {
    this.home = home;
    this.memory = config.duckdb_memory();
    this.analytics = analytics;
  }

  @Override
  public List<StoredTable> tables() {
    return analytics.contents().entrySet().stream().flatMap(source -> source.getValue().tables().stream().map(table -> new StoredTable(
        source.getKey(), table.table(), table.rows(), table.bytes(), table.extractedAt(), "local", table.description()))).toList();
  }

  /**
   * Runs in a DuckDB instance of its own, which sees nothing but the extracts and whose settings are locked.
   */
  @Override
  public void query(String sql, Rows rows) {
    if (!Files.exists(home.analytics())) {
      throw new KitException("KIT-5001", "nothing has been extracted yet; deploy a connector first");
    }
    analytics.settle();
    try (Connection session = new DuckDBDriver().connect("jdbc:duckdb:", streaming())) {
      DuckDb.execute(session, "ATTACH " + DuckDb.literal(home.analytics().toString()) + " AS analytics (READ_ONLY)");
      DuckDb.execute(session, "USE analytics");
      DuckDb.execute(session, "SET TimeZone = 'UTC'");
      DuckDb.execute(session, "SET temp_directory = " + DuckDb.literal(home.tmp().toString()));
      DuckDb.execute(session, "SET memory_limit = " + DuckDb.literal(memory));
      DuckDb.execute(session, "SET allowed_directories = [" + DuckDb.literal(home.extracts() + "/") + "]");
      DuckDb.execute(session, "SET enable_external_access = false");
      DuckDb.execute(session, "SET lock_configuration = true");
      requireSelect(session, sql);
      try (Statement statement = session.createStatement(); ResultSet result = statement.executeQuery(sql)) {
        send(result, rows);
      }
    } catch (SQLException e) {
      throw new KitException("KIT-5002", String.valueOf(e.getMessage()).strip().replaceAll("\\s*[\\r\\n]+\\s*", " "), e);
    }
  }

  private static Properties streaming() {
    Properties properties = new Properties();
    properties.setProperty(DuckDBDriver.JDBC_STREAM_RESULTS, "true");
    return properties;
  }

  /** DuckDB's own parser says whether this is one SELECT; a COPY would write even here. */
  private static void requireSelect(Connection session, String sql) throws SQLException {
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

  private static void send(ResultSet result, Rows rows) throws SQLException {
    ResultSetMetaData columns = result.getMetaData();
    List<String> names = new ArrayList<>();
    List<String> types = new ArrayList<>();
    for (int i = 1; i <= columns.getColumnCount(); i++) {
      names.add(columns.getColumnLabel(i));
      types.add(columns.getColumnTypeName(i));
    }
    rows.columns(names, types);
    while (result.next()) {
      List<Object> row = new ArrayList<>(names.size());
      for (int i = 1; i <= names.size(); i++) {
        row.add(plain(result, i));
      }
      rows.row(row);
    }
  }

  private static Object plain(ResultSet result, int column) throws SQLException {
    Object value = result.getObject(column);
    if (value instanceof Double || value instanceof Float) {
      double number = ((Number) value).doubleValue();
      return Double.isFinite(number) ? value : String.valueOf(number);
    }
    if (value == null || value instanceof Boolean || value instanceof Long || value instanceof Integer || value instanceof Short
        || value instanceof Byte || value instanceof BigDecimal || value instanceof BigInteger) {
      return value;
    }
    if (value instanceof java.time.OffsetDateTime time) {
      return time.toInstant().toString();
    }
    if (value instanceof java.sql.Timestamp) {
      return result.getObject(column, java.time.LocalDateTime.class).toString();
    }
    return Sql.text(value);
  }
}
