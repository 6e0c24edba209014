package io.connectorkit.api;

import io.connectorkit.api.internal.RowReader;
import io.connectorkit.api.internal.RowSequence;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.arrow.vector.ipc.ArrowReader;

/**
 * The rows of one table, pulled by the host: either Arrow batches, or a query that the host's own DuckDB runs (then no row passes through
 * Java at all). Used by one reader at a time, though not always from the same thread; no thread-local state survives between batches.
 */
public sealed interface BatchSource {

  /**
   * Batches of an Arrow reader. The host calls {@link ArrowReader#loadNextBatch()} until it answers false, then closes the reader.
   *
   * @param reader allocates from {@link ConnectorContext#allocator()}
   */
  record Batches(ArrowReader reader) implements BatchSource {}

  /**
   * A query in DuckDB's SQL over files or extensions, run by the host.
   *
   * @param sql one SELECT; {@code ?} stands for a parameter
   * @param parameters strings, numbers, booleans or lists of strings, in order
   */
  record Query(String sql, List<Object> parameters) implements BatchSource {}

  /** Batches of an Arrow reader: from Arrow IPC, arrow-jdbc, Flight or one's own. */
  static BatchSource of(ArrowReader reader) {
    return new Batches(reader);
  }

  /** A query for the host's DuckDB. */
  static Query query(String sql, Object... parameters) {
    return new Query(sql, List.of(parameters));
  }

  /**
   * Rows as arrays with the values in the order of the table's columns. Values are converted exactly or refused with column, value and
   * row: integers, decimals, text, java.time values, byte arrays, lists and maps each go to the Arrow types they fit without loss.
   *
   * @param rows read lazily; closed with the source
   */
  static BatchSource rows(ReadRequest request, Stream<Object[]> rows) {
    return of(new RowReader(request, RowSequence.ofArrays(rows)));
  }

  /**
   * Records whose fields go to the table's columns by name, converted as in {@link #rows}; an absent field is null, an unknown one is
   * ignored.
   *
   * @param records read lazily; closed with the source
   */
  static BatchSource records(ReadRequest request, Stream<? extends Map<String, ?>> records) {
    return of(new RowReader(request, RowSequence.ofRecords(request, records)));
  }

  /**
   * Records that come in pages. As {@link #records}; an error also names the page.
   *
   * @param pages asked for the next page only when the rows of the last one are used up
   */
  static BatchSource pages(ReadRequest request, Iterator<? extends List<? extends Map<String, ?>>> pages) {
    return of(new RowReader(request, RowSequence.ofPages(request, pages)));
  }
}
