package io.connectorkit.runtime.internal.increment;

import static io.connectorkit.runtime.internal.duckdb.DuckDb.execute;
import static io.connectorkit.runtime.internal.duckdb.DuckDb.identifier;
import static io.connectorkit.runtime.internal.duckdb.DuckDb.literal;

import io.connectorkit.runtime.internal.duckdb.Sql;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.duckdb.DuckDBConnection;

/**
 * A file of delivered rows as views of a session: {@link #ROWS} all rows, {@link #LATEST} the last one of each key, {@link #ALIVE} those of
 * them that nothing behind them deletes. The order of the file counts.
 */
final class Delta {

  static final String ROWS = "kit_rows";
  static final String LATEST = "kit_latest";
  static final String ALIVE = "kit_alive";

  private final DuckDBConnection session;
  private final String source;
  private final List<List<String>> scopes = new ArrayList<>();

  /**
   * Makes the views.
   *
   * @param key columns of which the last row counts; empty if each row counts
   * @param marked whether rows are marked with {@link Merge#GONE}
   * @param scoped whether there may be deletions among the rows, with {@link Merge#SCOPE}
   * @param columns those of the table
   */
  Delta(DuckDBConnection session, Path file, List<String> key, boolean marked, boolean scoped, List<String> columns) throws SQLException {
    this.session = session;
    this.source = "read_parquet([" + literal(file.toString()) + "], file_row_number = true)";
    view(ROWS, "SELECT * FROM " + source + (scoped ? " WHERE " + Merge.SCOPE + " IS NULL" : ""));
    view(LATEST, "SELECT * FROM " + ROWS + (key.isEmpty() ? "" : " WHERE file_row_number IN (SELECT max(file_row_number) FROM " + ROWS
        + " GROUP BY " + list(key) + ")"));
    if (scoped) {
      for (String scope : Sql.texts(session, "SELECT DISTINCT " + Merge.SCOPE + " FROM " + source + " WHERE " + Merge.SCOPE + " IS NOT NULL")) {
        add(scope, Scopes.columns(scope, columns));
      }
    }
    view(ALIVE, alive(marked));
  }

  private void add(String text, List<String> columns) throws SQLException {
    view(scope(scopes.size()), "SELECT " + list(columns) + ", max(file_row_number) AS _kit_last FROM " + source + " WHERE " + Merge.SCOPE
        + " = " + literal(text) + " GROUP BY " + list(columns));
    scopes.add(columns);
  }

  private String alive(boolean marked) {
    StringBuilder joins = new StringBuilder();
    List<String> conditions = new ArrayList<>();
    if (marked) {
      conditions.add("NOT " + Merge.GONE);
    }
    for (int i = 0; i < scopes.size(); i++) {
      String name = scope(i);
      String equal = scopes.get(i).stream().map(column -> identifier(column)).map(column -> LATEST + "." + column + " = " + name + "." + column)
          .collect(Collectors.joining(" AND "));
      joins.append(" LEFT JOIN ").append(name).append(" ON ").append(equal);
      conditions.add("coalesce(" + name + "._kit_last < " + LATEST + ".file_row_number, true)");
    }
    return "SELECT " + LATEST + ".* FROM " + LATEST + joins + (conditions.isEmpty() ? "" : " WHERE " + String.join(" AND ", conditions));
  }

  /** The columns of each kind of deletion; the view {@link #scope} of its number has their values. */
  List<List<String>> scopes() {
    return scopes;
  }

  static String scope(int number) {
    return "kit_scope" + number;
  }

  private void view(String name, String select) throws SQLException {
    execute(session, "CREATE OR REPLACE TEMP VIEW " + name + " AS " + select);
  }

  static String list(List<String> columns) {
    return columns.stream().map(column -> identifier(column)).collect(Collectors.joining(", "));
  }
}
