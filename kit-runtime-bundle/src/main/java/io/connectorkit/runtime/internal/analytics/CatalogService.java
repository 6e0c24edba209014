package io.connectorkit.runtime.internal.analytics;

import io.connectorkit.host.Catalog;
import io.connectorkit.host.KitException;
import io.connectorkit.host.QueryLimits;
import io.connectorkit.host.StoredTable;
import io.connectorkit.host.TableFiles;
import io.connectorkit.runtime.internal.config.Home;
import io.connectorkit.runtime.internal.duckdb.ArrowMemory;
import io.connectorkit.runtime.internal.duckdb.Sql;
import io.connectorkit.runtime.internal.store.TableRecord;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.duckdb.DuckDBConnection;
import org.duckdb.DuckDBResultSet;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/** Lists and queries what was extracted. */
@Component
public final class CatalogService implements Catalog {

  private final Analytics analytics;
  private final ReadSessions sessions;
  private final ArrowMemory memory;
  private final Home home;
  private final Deadlines deadlines = new Deadlines();

  @Activate
  public CatalogService(@Reference Analytics analytics, @Reference ReadSessions sessions, @Reference ArrowMemory memory, @Reference Home home) {
    this.analytics = analytics;
    this.sessions = sessions;
    this.memory = memory;
    this.home = home;
  }

  @Deactivate
  public void close() {
    deadlines.close();
  }

  @Override
  public List<StoredTable> tables() {
    return analytics.contents().entrySet().stream().flatMap(source -> source.getValue().tables().stream().map(table -> new StoredTable(
        source.getKey(), table.table(), table.rows(), table.bytes(), table.extractedAt(), table.mode(), table.description()))).toList();
  }

  @Override
  public List<TableFiles> files() {
    return analytics.contents().entrySet().stream().flatMap(source -> source.getValue().tables().stream()
        .filter(table -> table.remote().isEmpty()).map(table -> files(source.getKey(), table))).toList();
  }

  private TableFiles files(String source, TableRecord table) {
    Path root = home.extracts().resolve(source);
    return new TableFiles(source, table.table(), table.rows(), table.extractedAt(), table.run(), table.schemaJson(), table.deletes().isEmpty(),
        table.data().stream().map(file -> new TableFiles.File(root.resolve(file.path()), file.rows(), file.bytes())).toList());
  }

  @Override
  public void query(String sql, QueryLimits limits, Rows rows) {
    select(sql, limits, result -> send(result, limits.rows(), rows));
  }

  @Override
  public void arrow(String sql, QueryLimits limits, OutputStream out) throws IOException {
    try {
      select(sql, limits, result -> new ArrowResult(memory).write((DuckDBResultSet) result, limits.rows(), out));
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private interface Use {
    void of(ResultSet result) throws SQLException;
  }

  private void select(String sql, QueryLimits limits, Use use) {
    try (DuckDBConnection session = sessions.open(sql, limits.memory())) {
      try (Statement statement = session.createStatement(); Deadlines.Deadline deadline = deadlines.of(statement, limits.time())) {
        try (ResultSet result = statement.executeQuery(sql)) {
          use.of(result);
        } catch (SQLException e) {
          throw deadline.passed() ? new KitException("KIT-5005", "the query took longer than " + limits.time().toSeconds() + " s and was ended", e)
              : ReadSessions.refused(ReadSessions.reason(session, sql, e));
        }
      }
    } catch (SQLException e) {
      throw ReadSessions.refused(e);
    }
  }

  private static void send(ResultSet result, long limit, Rows rows) throws SQLException {
    ResultSetMetaData columns = result.getMetaData();
    List<String> names = new ArrayList<>();
    List<String> types = new ArrayList<>();
    for (int i = 1; i <= columns.getColumnCount(); i++) {
      names.add(columns.getColumnLabel(i));
      types.add(columns.getColumnTypeName(i));
    }
    rows.columns(names, types);
    for (long count = 0; result.next(); count++) {
      if (limit > 0 && count == limit) {
        rows.truncated();
        return;
      }
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
