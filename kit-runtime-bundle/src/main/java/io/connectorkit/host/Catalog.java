package io.connectorkit.host;

import java.io.IOException;
import java.io.OutputStream;
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
  default void query(String sql, Rows rows) {
    query(sql, QueryLimits.NONE, rows);
  }

  /**
   * The same within limits. Rows beyond the limit are not given, and {@link Rows#truncated} is called instead.
   *
   * @throws KitException also KIT-5005 if it takes too long
   */
  void query(String sql, QueryLimits limits, Rows rows);

  /**
   * The same as a stream in Arrow's IPC format.
   *
   * @throws KitException also KIT-5004 if there are more rows than the limit
   * @throws IOException of the stream
   */
  void arrow(String sql, QueryLimits limits, OutputStream out) throws IOException;

  /** The files of all tables, by source and name. */
  List<TableFiles> files();

  /** Takes a result row by row. */
  interface Rows {

    /** The columns' names and DuckDB types, before any row. */
    void columns(List<String> names, List<String> types);

    /** One row: null, Boolean, Number or String in each place. The list is not used again. */
    void row(List<Object> values);

    /** There are more rows than the limit allows. */
    default void truncated() {}
  }
}
