package io.connectorkit.runtime.internal.extract;

import static io.connectorkit.runtime.internal.duckdb.DuckDb.identifier;
import static io.connectorkit.runtime.internal.duckdb.DuckDb.literal;

import io.connectorkit.api.TableInfo;
import io.connectorkit.host.KitException;
import io.connectorkit.runtime.internal.config.TableOptions;
import io.connectorkit.runtime.internal.schema.SchemaChange;
import io.connectorkit.runtime.internal.schema.SchemaDiff;
import io.connectorkit.runtime.internal.schema.SchemaPlan;
import io.connectorkit.runtime.internal.store.TableRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;
import java.util.stream.Collectors;
import org.apache.arrow.vector.types.pojo.Schema;
import org.duckdb.DuckDBConnection;

/**
 * What has to hold before a table's new rows replace the published ones.
 *
 * @param last what is published; null for a first time
 * @param lastFile its Parquet file; null for a first time
 */
record Publishable(TableInfo table, TableOptions options, TableRecord last, Path lastFile) {

  /** How the delivered columns become the published ones. */
  SchemaPlan plan(Schema delivered) throws IOException {
    if (last == null) {
      return SchemaPlan.first(delivered);
    }
    Schema published = Schema.fromJSON(last.schemaJson());
    List<SchemaChange> changes = SchemaDiff.of(published, last.primaryKey(), delivered, table.primaryKey());
    return SchemaPlan.next(table.viewName(), options.schemaPolicy(), published, changes, delivered, lastFile);
  }

  /**
   * Checks the written file.
   *
   * @throws KitException KIT-3006 if it does not hold the rows, KIT-3017 if they are too few, KIT-3018 if the key is none
   */
  void verify(DuckDBConnection session, Path parquet, long rows) throws SQLException {
    String file = literal(parquet.toString());
    long inFile = Long.parseLong(first(session, "SELECT num_rows FROM parquet_file_metadata(" + file + ")"));
    if (inFile != rows) {
      throw new KitException("KIT-3006", parquet + " holds " + inFile + " rows of " + rows + "; run again, and check the disk");
    }
    if (last != null && rows < last.rows() * options.minRatio()) {
      throw new KitException("KIT-3017", String.format(Locale.ROOT, "table '%s' has %d rows where there were %d, less than min_ratio %s allows;"
          + " check the source, or lower min_ratio", table.viewName(), rows, last.rows(), options.minRatio()));
    }
    if (!table.primaryKey().isEmpty() && rows > 0) {
      verifyKey(session, file);
    }
  }

  private void verifyKey(DuckDBConnection session, String file) throws SQLException {
    List<String> key = table.primaryKey().stream().map(column -> identifier(column)).toList();
    String nulls = key.stream().map(column -> column + " IS NULL").collect(Collectors.joining(" OR "));
    String unset = first(session, "SELECT count(*) FROM read_parquet([" + file + "]) WHERE " + nulls);
    if (!unset.equals("0")) {
      throw new KitException("KIT-3018", "table '" + table.viewName() + "': the key " + table.primaryKey() + " is null in " + unset
          + " rows; correct the connector's key");
    }
    StringJoiner columns = new StringJoiner(", ");
    key.forEach(columns::add);
    String twice = first(session, "SELECT concat_ws(', ', " + columns + ") || ' (' || count(*) || ' times)' FROM read_parquet([" + file
        + "]) GROUP BY " + columns + " HAVING count(*) > 1 LIMIT 1");
    if (twice != null) {
      throw new KitException("KIT-3018", "table '" + table.viewName() + "': the key " + table.primaryKey() + " is not unique, for instance "
          + twice + "; correct the connector's key");
    }
  }

  private static String first(DuckDBConnection session, String sql) throws SQLException {
    try (Statement statement = session.createStatement(); ResultSet result = statement.executeQuery(sql)) {
      return result.next() ? result.getString(1) : null;
    }
  }
}
