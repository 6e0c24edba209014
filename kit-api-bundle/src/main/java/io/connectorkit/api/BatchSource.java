package io.connectorkit.api;

import io.connectorkit.api.internal.RowReader;
import io.connectorkit.api.internal.RowSequence;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.apache.arrow.vector.ipc.ArrowReader;

/**
 * The rows of one table, pulled by the host: either Arrow batches, or a query that the host's own DuckDB runs (then no row passes through
 * Java at all). Used by one reader at a time, though not always from the same thread; no thread-local state survives between batches.
 */
public sealed interface BatchSource {

  /** What the rows are. */
  enum Mode {
    /** Delta if the request had a watermark, full otherwise. */
    AS_ASKED,
    /** All rows of the table, whatever the request said: what is published and not among them is gone. */
    FULL
  }

  /**
   * What the end of the rows means. Only a read that reaches it counts: a failure publishes nothing and moves no watermark.
   *
   * @param mode whether these were all rows; no rows in full mode is an empty table, in a delta it is nothing new
   * @param watermark asked after the last row; null, or a supplier of null, to have the host take the incremental column's highest value
   */
  record End(Mode mode, Supplier<Watermark> watermark) {

    /** What holds unless the connector says otherwise. */
    static final End AS_ASKED = new End(Mode.AS_ASKED, null);
  }

  /**
   * Batches of an Arrow reader. The host calls {@link ArrowReader#loadNextBatch()} until it answers false, then closes the reader.
   *
   * @param reader allocates from {@link ConnectorContext#allocator()}
   */
  record Batches(ArrowReader reader, End end) implements BatchSource {

    @Override
    public BatchSource ending(End other) {
      return new Batches(reader, other);
    }
  }

  /**
   * A query in DuckDB's SQL over files or extensions, run by the host.
   *
   * @param sql one SELECT; {@code ?} stands for a parameter
   * @param parameters strings, numbers, booleans, java.time values or lists of strings, in order
   * @param ordered whether the rows of a table that is read in full are stored in the order of the query, see {@link #inAnyOrder()}
   */
  record Query(String sql, List<Object> parameters, End end, boolean ordered) implements BatchSource {

    /** A query whose rows keep their order. */
    public Query(String sql, List<Object> parameters, End end) {
      this(sql, parameters, end, true);
    }

    /** A query that ends as it was asked for. */
    public Query(String sql, List<Object> parameters) {
      this(sql, parameters, End.AS_ASKED);
    }

    /**
     * The same rows in whatever order suits the host, for sources whose order says nothing: it reads many files at once then, where it
     * would keep what comes too early in memory, and wait. The rows of a delta keep their order, since of those with one key the last counts.
     */
    public Query inAnyOrder() {
      return new Query(sql, parameters, end, false);
    }

    @Override
    public BatchSource ending(End other) {
      return new Query(sql, parameters, other, ordered);
    }
  }

  /** What the end of the rows means; not null. */
  End end();

  /** The same rows with another end. */
  BatchSource ending(End other);

  /** Says that these are all rows of the table, although the request may have had a watermark. */
  default BatchSource full() {
    return ending(new End(Mode.FULL, end().watermark()));
  }

  /** Gives the watermark of the next request, for sources whose cursor is no column of theirs; asked for after the last row. */
  default BatchSource endingAt(Supplier<Watermark> watermark) {
    return ending(new End(end().mode(), watermark));
  }

  /** Batches of an Arrow reader: from Arrow IPC, arrow-jdbc, Flight or one's own. */
  static BatchSource of(ArrowReader reader) {
    return new Batches(reader, End.AS_ASKED);
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
    return records(request, records, column -> "");
  }

  /**
   * The same for connectors that know what to do about a value that does not fit.
   *
   * @param remedies words for the end of the message when a value of that column is refused, such as where its type is declared; may be empty
   */
  static BatchSource records(ReadRequest request, Stream<? extends Map<String, ?>> records, UnaryOperator<String> remedies) {
    return of(new RowReader(request, RowSequence.ofRecords(request, records), remedies));
  }

  /**
   * Records that come in pages. As {@link #records}; an error also names the page.
   *
   * @param pages asked for the next page only when the rows of the last one are used up; closed with the source if it can be
   */
  static BatchSource pages(ReadRequest request, Iterator<? extends List<? extends Map<String, ?>>> pages) {
    return pages(request, pages, column -> "");
  }

  /** The same with remedies, as for {@link #records(ReadRequest, Stream, UnaryOperator)}. */
  static BatchSource pages(
      ReadRequest request, Iterator<? extends List<? extends Map<String, ?>>> pages, UnaryOperator<String> remedies) {
    return of(new RowReader(request, RowSequence.ofPages(request, pages), remedies));
  }
}
