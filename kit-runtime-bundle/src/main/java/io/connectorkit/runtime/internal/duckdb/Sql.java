package io.connectorkit.runtime.internal.duckdb;

import io.connectorkit.api.BatchSource.Query;
import io.connectorkit.api.ConnectorException;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.apache.arrow.vector.types.pojo.Schema;
import org.duckdb.DuckDBConnection;
import org.duckdb.DuckDBResultSet;

/** A connector's queries on the host's DuckDB. */
public final class Sql {

  private static final int MAX_ROWS = 10_000;
  /** Quoted once, or once more inside of JSON. */
  private static final Pattern WRITE_FAILURE = Pattern.compile("Could not write file \\\\?\"[^\"]+\": ([^\"\\\\]+)");

  private Sql() {}

  /** The schema of a query's result. */
  public static Schema describe(DuckDBConnection session, Query query, BufferAllocator allocator) {
    try (PreparedStatement statement = prepare(session, "SELECT * FROM (" + query.sql() + ") LIMIT 0", query.parameters());
        DuckDBResultSet result = (DuckDBResultSet) statement.executeQuery();
        ArrowReader reader = (ArrowReader) result.arrowExportStream(allocator, 1)) {
      return new Schema(reader.getVectorSchemaRoot().getSchema().getFields().stream().map(Sql::withoutEncoding).toList());
    } catch (SQLException | java.io.IOException e) {
      throw refused(e);
    }
  }

  /** An ENUM is exported as numbers with a dictionary of texts, and stored as text. */
  private static Field withoutEncoding(Field field) {
    ArrowType type = field.getDictionary() == null ? field.getType() : ArrowType.Utf8.INSTANCE;
    return new Field(field.getName(), new FieldType(field.isNullable(), type, null, field.getMetadata()),
        field.getChildren().stream().map(Sql::withoutEncoding).toList());
  }

  /** A small result. */
  public static List<Map<String, Object>> select(DuckDBConnection session, Query query) {
    try (PreparedStatement statement = prepare(session, query.sql(), query.parameters()); ResultSet result = statement.executeQuery()) {
      ResultSetMetaData columns = result.getMetaData();
      List<Map<String, Object>> rows = new ArrayList<>();
      while (result.next()) {
        if (rows.size() == MAX_ROWS) {
          throw ConnectorException.permanent("a query for a small result gave more than " + MAX_ROWS + " rows", null);
        }
        Map<String, Object> row = new LinkedHashMap<>();
        for (int i = 1; i <= columns.getColumnCount(); i++) {
          row.put(columns.getColumnName(i), result.getObject(i));
        }
        rows.add(row);
      }
      return rows;
    } catch (SQLException e) {
      throw refused(e);
    }
  }

  /** The first value of a result as text; null if there is no row, or no value. */
  public static String first(DuckDBConnection session, String sql) throws SQLException {
    try (Statement statement = session.createStatement(); ResultSet result = statement.executeQuery(sql)) {
      return result.next() ? result.getString(1) : null;
    }
  }

  /** The first column of a result as text. */
  public static List<String> texts(DuckDBConnection session, String sql) throws SQLException {
    try (Statement statement = session.createStatement(); ResultSet result = statement.executeQuery(sql)) {
      List<String> texts = new ArrayList<>();
      while (result.next()) {
        texts.add(result.getString(1));
      }
      return texts;
    }
  }

  /** The number of rows that the footer of a Parquet file tells. */
  public static long rows(DuckDBConnection session, Path parquet) throws SQLException {
    return Long.parseLong(first(session, "SELECT num_rows FROM parquet_file_metadata(" + DuckDb.literal(parquet.toString()) + ")"));
  }

  /** What to select from to get the rows of Parquet files; as a list, since a single name is taken for a pattern. */
  public static String parquet(List<Path> files) {
    return files.stream().map(file -> DuckDb.literal(file.toString())).collect(Collectors.joining(", ", "read_parquet([", "])"));
  }

  /** Writes a SELECT's rows into a Parquet file. Tells how many they are. */
  public static long copy(DuckDBConnection session, String select, Path parquet) throws SQLException {
    try (Statement statement = session.createStatement()) {
      return statement.executeLargeUpdate(toParquet(select, parquet, true));
    }
  }

  /**
   * The statement that writes a SELECT's rows into a Parquet file. Without Bloom filters: the writer keeps those of all row groups in memory
   * until the end, about a megabyte for each million rows.
   *
   * @param ordered whether rows keep their order; threads wait for each other then, and do nothing at the memory limit
   */
  public static String toParquet(String select, Path parquet, boolean ordered) {
    return "COPY (" + select + ") TO " + DuckDb.literal(parquet.toString()) + " (FORMAT parquet, COMPRESSION zstd, WRITE_BLOOM_FILTER false"
        + (ordered ? "" : ", PRESERVE_ORDER false") + ")";
  }

  /** A statement with its parameters bound. */
  public static PreparedStatement prepare(DuckDBConnection session, String sql, List<Object> parameters) throws SQLException {
    PreparedStatement statement = session.prepareStatement(sql);
    for (int i = 0; i < parameters.size(); i++) {
      Object value = parameters.get(i);
      statement.setObject(i + 1, bindable(session, value));
    }
    return statement;
  }

  private static Object bindable(DuckDBConnection session, Object value) throws SQLException {
    if (value instanceof List<?> list) {
      return session.createArrayOf("VARCHAR", list.toArray());
    }
    return value instanceof Instant instant ? instant.atOffset(ZoneOffset.UTC) : value;
  }

  private static ConnectorException refused(Exception e) {
    return ConnectorException.permanent(firstLine(e), e);
  }

  /** What DuckDB says, without the excerpt of the statement that follows. */
  public static String firstLine(Throwable e) {
    String failure = writeFailure(e);
    return failure.isEmpty() ? String.valueOf(e.getMessage()).lines().findFirst().orElse("") : failure;
  }

  /** What the system says, if a write of DuckDB's failed, as on a full disk; otherwise empty. */
  public static String writeFailure(Throwable e) {
    Matcher failure = WRITE_FAILURE.matcher(String.valueOf(e.getMessage()));
    return failure.find() ? failure.group(1) : "";
  }

  /** A value as text for people: nested ones as JDBC shows them, bytes in hex. */
  public static String text(Object value) throws SQLException {
    if (value instanceof java.sql.Array array) {
      List<String> items = new ArrayList<>();
      for (Object item : (Object[]) array.getArray()) {
        items.add(text(item));
      }
      return items.toString();
    }
    if (value instanceof java.sql.Blob blob) {
      return HexFormat.of().formatHex(blob.getBytes(1, (int) blob.length()));
    }
    return String.valueOf(value);
  }
}
