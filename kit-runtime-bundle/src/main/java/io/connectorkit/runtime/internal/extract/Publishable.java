package io.connectorkit.runtime.internal.extract;

import static io.connectorkit.runtime.internal.duckdb.DuckDb.identifier;

import io.connectorkit.api.Filter;
import io.connectorkit.api.TableInfo;
import io.connectorkit.host.KitException;
import io.connectorkit.runtime.internal.config.Strategy;
import io.connectorkit.runtime.internal.config.TableOptions;
import io.connectorkit.runtime.internal.duckdb.Sql;
import io.connectorkit.runtime.internal.increment.Merge;
import io.connectorkit.runtime.internal.schema.SchemaChange;
import io.connectorkit.runtime.internal.schema.SchemaDiff;
import io.connectorkit.runtime.internal.schema.SchemaPlan;
import io.connectorkit.runtime.internal.store.TableRecord;
import io.connectorkit.runtime.internal.store.TableView;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.apache.arrow.vector.types.pojo.Schema;
import org.duckdb.DuckDBConnection;

/**
 * What has to hold before a table's new rows are published.
 *
 * @param strategy for the rows of a delta
 * @param root the instance's folder
 * @param last what is published; null for a first time
 * @param changes whether the rows are changes in order, deletions among them
 */
record Publishable(TableInfo table, TableOptions options, Strategy strategy, Path root, TableRecord last, boolean changes) {

  /** Rows that replace or are added, without deletions among them. */
  Publishable(TableInfo table, TableOptions options, Strategy strategy, Path root, TableRecord last) {
    this(table, options, strategy, root, last, false);
  }

  /**
   * The columns to publish, in the source's order.
   *
   * @throws KitException KIT-3023 if the operator chose one that is absent, or left one out that the table cannot do without
   */
  List<String> columns() {
    List<String> all = table.schema().getFields().stream().map(Field::getName).toList();
    if (options.columns().isEmpty()) {
      return all;
    }
    List<String> absent = options.columns().stream().filter(column -> !all.contains(column)).toList();
    List<String> needed = new ArrayList<>(table.primaryKey());
    table.incrementalColumn().ifPresent(needed::add);
    table.tombstoneColumn().ifPresent(needed::add);
    needed.removeAll(options.columns());
    if (!absent.isEmpty() || !needed.isEmpty()) {
      throw new KitException("KIT-3023", "table '" + table.viewName() + "', columns " + options.columns() + ": "
          + (absent.isEmpty() ? "key, incremental and tombstone columns must be among them; add " + needed
          : "the source has no " + absent + "; it has " + all));
    }
    return all.stream().filter(options.columns()::contains).toList();
  }

  /** How the delivered columns become the published ones. */
  SchemaPlan plan(Schema delivered) throws IOException {
    List<String> columns = columns();
    Schema chosen = new Schema(delivered.getFields().stream().filter(field -> columns.contains(field.getName())).map(this::promised).toList());
    if (last == null) {
      return SchemaPlan.first(chosen);
    }
    Schema published = Schema.fromJSON(last.schemaJson());
    List<SchemaChange> changes = SchemaDiff.of(published, last.primaryKey(), chosen, table.primaryKey());
    return SchemaPlan.next(table.viewName(), options.schemaPolicy(), published, changes, chosen, TableView.select(root, last));
  }

  /** Changes may all be null, since a deletion is one; the rows that are left of them may not. */
  private Field promised(Field field) {
    boolean nullable = field.isNullable() && (!changes || table.schema().findField(field.getName()).isNullable());
    return new Field(field.getName(), new FieldType(nullable, field.getType(), field.getDictionary(), field.getMetadata()), field.getChildren());
  }

  /** Whether a row takes the place of the one with its key. */
  boolean keyed() {
    return strategy != Strategy.APPEND && !table.primaryKey().isEmpty();
  }

  /**
   * SQL for the rows to be written. Of a delta that replaces rows also those are written that are deleted at the source or do not pass the
   * filters any more, with a mark on them: they take the published row away.
   */
  String rows(SchemaPlan plan, String source, boolean full) {
    String filters = Filters.sql(Filters.typed(table, options.filters()));
    Optional<String> tombstone = Merge.tombstone(table);
    String scope = changes ? Merge.SCOPE : "";
    if (changes ? !keyed() : full || strategy != Strategy.UPSERT) {
      String conditions = Stream.of(filters, tombstone.map(deleted -> "NOT " + deleted).orElse("")).filter(text -> !text.isEmpty())
          .collect(Collectors.joining(" AND "));
      return plan.over(source, scope, changes && !conditions.isEmpty() ? scope + " IS NOT NULL OR " + conditions : conditions);
    }
    List<String> gone = Stream.of(filters.isEmpty() ? "false" : "NOT coalesce(" + filters + ", false)", tombstone.orElse("false")).toList();
    return plan.over(source, "(" + String.join(" OR ", gone) + ") AS " + Merge.GONE + (changes ? ", " + scope : ""), "");
  }

  /** The filters that a connector may apply itself; none where a row has to be seen to be taken away. */
  List<Filter> pushedDown(boolean full) {
    return full || strategy != Strategy.UPSERT ? Filters.typed(table, options.filters()) : List.of();
  }

  /**
   * Checks the written files.
   *
   * @throws KitException KIT-3006 if they do not hold the rows, KIT-3017 if all rows are too few, KIT-3018 if the key is none
   */
  void verify(DuckDBConnection session, List<Path> files, long rows, boolean full) throws SQLException {
    long inFiles = 0;
    for (Path file : files) {
      inFiles += rowsOf(session, file);
    }
    if (inFiles != rows) {
      throw new KitException("KIT-3006", files + " hold " + inFiles + " rows of " + rows + "; run again, and check the disk");
    }
    if (full && !changes) {
      verifyCount(rows);
    }
    if (!table.primaryKey().isEmpty() && rows > 0) {
      verifyKey(session, "(" + upserts(files) + ")", full && !(changes && keyed()));
    }
  }

  /** The rows of files, without deletions. */
  String upserts(List<Path> files) {
    return "SELECT * FROM " + Sql.parquet(files) + (changes ? " WHERE " + Merge.SCOPE + " IS NULL" : "");
  }

  private static long rowsOf(DuckDBConnection session, Path parquet) {
    try {
      return Sql.rows(session, parquet);
    } catch (SQLException e) {
      throw new KitException("KIT-3006", parquet + " cannot be read back: " + Sql.firstLine(e) + "; run again, and check the disk", e);
    }
  }

  /** Checks that a table has not shrunk more than the operator thinks possible. */
  void verifyCount(long rows) {
    if (last != null && rows < last.rows() * options.minRatio()) {
      throw new KitException("KIT-3017", String.format(Locale.ROOT, "table '%s' has %d rows where there were %d, less than min_ratio %s allows;"
          + " check the source, or lower min_ratio", table.viewName(), rows, last.rows(), options.minRatio()));
    }
  }

  private void verifyKey(DuckDBConnection session, String rows, boolean full) throws SQLException {
    List<String> key = table.primaryKey().stream().map(column -> identifier(column)).toList();
    String nulls = key.stream().map(column -> column + " IS NULL").collect(Collectors.joining(" OR "));
    String unset = Sql.first(session, "SELECT count(*) FROM " + rows + " WHERE " + nulls);
    if (!unset.equals("0")) {
      throw new KitException("KIT-3018", "table '" + table.viewName() + "': the key " + table.primaryKey() + " is null in " + unset
          + " rows; correct the connector's key");
    }
    if (!full) {
      // A delta may hold several versions of a row.
      return;
    }
    String columns = String.join(", ", key);
    String twice = Sql.first(session, "SELECT concat_ws(', ', " + columns + ") || ' (' || count(*) || ' times)' FROM " + rows
        + " GROUP BY " + columns + " HAVING count(*) > 1 LIMIT 1");
    if (twice != null) {
      throw new KitException("KIT-3018", "table '" + table.viewName() + "': the key " + table.primaryKey() + " is not unique, for instance "
          + twice + "; correct the connector's key");
    }
  }
}
