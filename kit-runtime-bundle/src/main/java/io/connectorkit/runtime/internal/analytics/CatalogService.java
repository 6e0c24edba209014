package io.connectorkit.runtime.internal.analytics;

import io.connectorkit.host.Catalog;
import io.connectorkit.host.StoredTable;
import io.connectorkit.runtime.internal.duckdb.Sql;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Lists and queries what was extracted. */
@Component
public final class CatalogService implements Catalog {

  private final Analytics analytics;
  private final ReadSessions sessions;

  @Activate
  public CatalogService(@Reference Analytics analytics, @Reference ReadSessions sessions) {
    this.analytics = analytics;
    this.sessions = sessions;
  }

  @Override
  public List<StoredTable> tables() {
    return analytics.contents().entrySet().stream().flatMap(source -> source.getValue().tables().stream().map(table -> new StoredTable(
        source.getKey(), table.table(), table.rows(), table.bytes(), table.extractedAt(), table.mode(), table.description()))).toList();
  }

  @Override
  public void query(String sql, Rows rows) {
    try (Connection session = sessions.open(sql)) {
      try (Statement statement = session.createStatement(); ResultSet result = statement.executeQuery(sql)) {
        send(result, rows);
      } catch (SQLException e) {
        throw ReadSessions.refused(ReadSessions.reason(session, sql, e));
      }
    } catch (SQLException e) {
      throw ReadSessions.refused(e);
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
