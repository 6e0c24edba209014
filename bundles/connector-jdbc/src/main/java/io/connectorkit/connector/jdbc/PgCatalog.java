package io.connectorkit.connector.jdbc;

import io.connectorkit.api.Settings;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What PostgreSQL's catalog says about tables. */
record PgCatalog(Connection connection, Settings settings) {

  /** Of all tables and views that the user may read, with the columns that he may read; parts of partitioned tables belong to these. */
  private static final String COLUMNS = """
      WITH RECURSIVE base(oid, type, modifier) AS (
        SELECT oid, oid, -1 FROM pg_type WHERE typtype <> 'd'
        UNION ALL
        SELECT d.oid, b.type, CASE WHEN d.typtypmod <> -1 THEN d.typtypmod ELSE b.modifier END
        FROM pg_type d JOIN base b ON b.oid = d.typbasetype WHERE d.typtype = 'd')
      SELECT n.nspname, c.relname, c.oid, c.relkind, n.nspname = current_schema(), coalesce(obj_description(c.oid, 'pg_class'), ''),
        a.attname, CASE WHEN x.typnamespace = 'pg_catalog'::regnamespace THEN x.typname ELSE '' END, x.typtype, t.typcategory = 'A' AND t.typelem <> 0,
        CASE WHEN a.atttypmod <> -1 THEN a.atttypmod WHEN b.modifier <> -1 THEN b.modifier ELSE e.modifier END,
        NOT a.attnotnull, coalesce(col_description(c.oid, a.attnum), ''), array_position(i.indkey::int2[], a.attnum),
        scale(1::money::numeric)
      FROM pg_class c
      JOIN pg_namespace n ON n.oid = c.relnamespace
      JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
      JOIN base b ON b.oid = a.atttypid
      JOIN pg_type t ON t.oid = b.type
      JOIN base e ON e.oid = CASE WHEN t.typcategory = 'A' AND t.typelem <> 0 THEN t.typelem ELSE t.oid END
      JOIN pg_type x ON x.oid = e.type
      LEFT JOIN pg_index i ON i.indrelid = c.oid AND i.indisprimary
      WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND NOT c.relispartition
        AND n.nspname <> 'information_schema' AND n.nspname !~ '^pg_'
        AND has_schema_privilege(n.oid, 'USAGE') AND has_column_privilege(c.oid, a.attnum, 'SELECT')
        AND (?::text IS NULL OR (n.nspname = ? AND c.relname = ?))
      ORDER BY n.nspname, c.relname, a.attnum
      """;

  /** A table; its columns come as the operator wants them. */
  record Table(TableId id, long oid, String kind, TableOptions options, String description, List<PgColumn> columns, Map<Integer, String> keys) {

    List<String> key() {
      return List.copyOf(keys.values());
    }

    /** Neither view nor foreign table. */
    boolean stored() {
      return kind.equals("r") || kind.equals("p");
    }
  }

  /** All tables that the operator wants; only that one if one is given. */
  List<Table> tables(TableId only) throws SQLException {
    Map<TableId, Table> tables = new LinkedHashMap<>();
    try (PreparedStatement statement = connection.prepareStatement(COLUMNS)) {
      statement.setString(1, only == null ? null : only.schema());
      statement.setString(2, only == null ? null : only.schema());
      statement.setString(3, only == null ? null : only.name());
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          TableId id = new TableId(List.of(row.getString(1), row.getString(2)));
          Table table = tables.get(id);
          if (table == null && !TableOptions.wanted(settings, id, row.getBoolean(5))) {
            continue;
          }
          if (table == null) {
            table = new Table(id, row.getLong(3), row.getString(4), TableOptions.of(settings, id, row.getBoolean(5)), row.getString(6),
                new ArrayList<>(), new TreeMap<>());
            tables.put(id, table);
          }
          PgColumn.Definition column = new PgColumn.Definition(row.getString(7), row.getString(8), row.getString(9), row.getBoolean(10),
              row.getInt(11), row.getBoolean(12), row.getString(13));
          table.columns().add(PgColumn.of(column, table.options().type(column.name()), row.getInt(15)));
          int position = row.getInt(14);
          if (!row.wasNull()) {
            table.keys().put(position, column.name());
          }
        }
      }
    }
    return List.copyOf(tables.values());
  }
}
