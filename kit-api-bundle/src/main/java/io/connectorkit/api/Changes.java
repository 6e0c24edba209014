package io.connectorkit.api;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Changed rows of several tables, in order: what comes later counts. Tables are named by {@link TableInfo#sourceId()}; rows are records, whose
 * fields go to columns by name and are converted as in {@link BatchSource#records}. For one thread.
 */
public final class Changes {

  private final List<Change> list = new ArrayList<>();

  /** One change of one table. */
  public sealed interface Change {
    /** The {@link TableInfo#sourceId()} of the table. */
    String table();
  }

  /**
   * A row takes the place of the one with its key; in a table without a key it is added.
   *
   * @param row by column
   */
  public record Upsert(String table, Map<String, ?> row) implements Change {
    /** Copies the row. */
    public Upsert {
      row = copy(row);
    }
  }

  /**
   * The rows that have these values are gone.
   *
   * @param scope by column; the key for one row, a part of it or other columns for all rows with that value; values are not null
   */
  public record Delete(String table, Map<String, ?> scope) implements Change {
    /** Copies the scope. */
    public Delete {
      if (scope.isEmpty()) {
        throw new IllegalArgumentException("table '" + table + "': a deletion names no column; to empty a table is for a full read");
      }
      scope = copy(scope);
    }
  }

  /** Sets a row; null as a value is a null in its column, and so is an absent column. */
  public Changes upsert(String table, Map<String, ?> row) {
    list.add(new Upsert(table, row));
    return this;
  }

  /** Takes rows away. */
  public Changes delete(String table, Map<String, ?> scope) {
    list.add(new Delete(table, scope));
    return this;
  }

  /**
   * Says that these are all rows with the values of the scope, such as all comments of an issue: what else is there of them goes. For what a
   * source did not tell, say nothing: unknown is not empty.
   *
   * @param rows may be empty
   */
  public Changes replace(String table, Map<String, ?> scope, Collection<? extends Map<String, ?>> rows) {
    delete(table, scope);
    rows.forEach(row -> upsert(table, row));
    return this;
  }

  /** Adds the changes of another one behind these. */
  public Changes addAll(Changes others) {
    list.addAll(others.list);
    return this;
  }

  /** All changes in order; a view. */
  public List<Change> list() {
    return Collections.unmodifiableList(list);
  }

  private static Map<String, ?> copy(Map<String, ?> values) {
    return Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }
}
