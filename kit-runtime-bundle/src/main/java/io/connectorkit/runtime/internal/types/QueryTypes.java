package io.connectorkit.runtime.internal.types;

import static io.connectorkit.runtime.internal.duckdb.DuckDb.identifier;

import io.connectorkit.api.BatchSource.Query;
import io.connectorkit.host.KitException;
import io.connectorkit.runtime.internal.duckdb.Sql;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.apache.arrow.vector.types.pojo.Schema;
import org.duckdb.DuckDBConnection;

/**
 * A connector's query with its columns cast to types that Parquet holds. Its rows never are Arrow batches, so the casts are SQL. DuckDB's
 * own writer would make a HUGEINT a DOUBLE, cut an INTERVAL to milliseconds and lose the offset of a TIMETZ, all without a word.
 *
 * @param sql the query
 * @param schema what it gives
 */
public record QueryTypes(String sql, Schema schema) {

  private static final Pattern CHANGED_WITHIN = Pattern.compile("\\b(U?HUGEINT|BIT|BIGNUM|TIME WITH TIME ZONE)\\b");
  private static final Pattern QUOTED = Pattern.compile("\"[^\"]*\"|'[^']*'");

  /**
   * Decides what becomes of each column.
   *
   * @throws KitException KIT-3004 naming table, column, type and remedy
   */
  public static QueryTypes of(DuckDBConnection session, Query query, DeliveredTypes types) throws SQLException {
    List<Field> fields = new ArrayList<>();
    List<String> casts = new ArrayList<>();
    try (PreparedStatement statement = Sql.prepare(session, "SELECT * FROM (" + query.sql() + ") LIMIT 0", query.parameters());
        ResultSet result = statement.executeQuery()) {
      ResultSetMetaData columns = result.getMetaData();
      for (Field field : types.stored().getFields()) {
        String type = columns.getColumnTypeName(fields.size() + 1);
        Field stored = stored(types.table(), field, type);
        fields.add(stored);
        if (!ColumnNotes.cast(stored).isEmpty()) {
          String name = identifier(field.getName());
          casts.add("CAST(" + name + " AS " + (stored.getType() instanceof ArrowType.Utf8 ? "VARCHAR" : "DECIMAL(38, 0)") + ") AS " + name);
        }
      }
    }
    String sql = casts.isEmpty() ? query.sql() : "SELECT * REPLACE (" + String.join(", ", casts) + ") FROM (" + query.sql() + ")";
    return new QueryTypes(sql, new Schema(fields));
  }

  private static Field stored(String table, Field field, String type) {
    switch (type) {
      case "HUGEINT", "UHUGEINT":
        return cast(field, type, new ArrowType.Decimal(38, 0, 128), "decimal(38, 0); a value with more digits fails the table");
      case "BIT", "BIGNUM":
        return cast(field, type, ArrowType.Utf8.INSTANCE, "text, every digit kept");
      case "UUID", "JSON":
        Map<String, String> metadata = new HashMap<>(field.getMetadata());
        metadata.put(ColumnNotes.EXTENSION, "arrow." + type.toLowerCase(Locale.ROOT));
        return new Field(field.getName(), new FieldType(field.isNullable(), field.getType(), null, metadata), null);
      default:
        if (castWithin(field) || CHANGED_WITHIN.matcher(QUOTED.matcher(type).replaceAll("")).find()) {
          throw new KitException("KIT-3004", "table '" + table + "', column '" + field.getName() + "': type " + type
              + " of the query cannot be stored so that every DuckDB client from 1.1 on reads it without loss; cast it in the query,"
              + " for instance to VARCHAR, which keeps every digit");
        }
        return field;
    }
  }

  private static boolean castWithin(Field field) {
    return !ColumnNotes.cast(field).isEmpty() || field.getChildren().stream().anyMatch(QueryTypes::castWithin);
  }

  private static Field cast(Field field, String type, ArrowType stored, String words) {
    Map<String, String> delivered = Map.of(ColumnNotes.DELIVERED, type);
    return new Field(field.getName(), ColumnNotes.noted(field.isNullable(), stored, field, words, delivered), null);
  }
}
