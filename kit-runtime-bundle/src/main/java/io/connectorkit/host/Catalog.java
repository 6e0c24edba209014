package io.connectorkit.host;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/** Service over all that has been extracted. */
@ProviderType
public interface Catalog {

  /** All tables, by source and name. */
  List<StoredTable> tables();

  /**
   * Runs one SELECT over {@code analytics.duckdb}, read only.
   *
   * @param rows gets the columns once, then each row
   * @throws KitException if it is no SELECT, or DuckDB refuses it
   */
  void query(String sql, Rows rows);

  /** Takes a result row by row. */
  interface Rows {

    /** The columns' names and DuckDB types, before any row. */
    void columns(List<String> names, List<String> types);

    /** One row: null, Boolean, Number or String in each place. The list is not used again. */
    void row(List<Object> values);
  }
}
