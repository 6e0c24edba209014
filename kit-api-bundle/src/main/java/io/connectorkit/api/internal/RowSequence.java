package io.connectorkit.api.internal;

import io.connectorkit.api.ReadRequest;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.arrow.vector.types.pojo.Field;

/** Rows in the order of a table's columns, with words for where one stands. */
public abstract class RowSequence implements AutoCloseable {

  /** The next row, or null at the end. */
  abstract Object[] next();

  /** Where the last row stands, beside its number; empty if there is nothing to add. */
  String position() {
    return "";
  }

  @Override
  public void close() {}

  /** Rows that are in column order already. */
  public static RowSequence ofArrays(Stream<Object[]> rows) {
    Iterator<Object[]> iterator = rows.iterator();
    return new RowSequence() {
      @Override
      Object[] next() {
        return iterator.hasNext() ? iterator.next() : null;
      }

      @Override
      public void close() {
        rows.close();
      }
    };
  }

  /** Records, put in column order by name. */
  public static RowSequence ofRecords(ReadRequest request, Stream<? extends Map<String, ?>> records) {
    List<String> columns = columns(request);
    return ofArrays(records.map(values -> inOrder(columns, values)));
  }

  /** Pages of records. */
  public static RowSequence ofPages(ReadRequest request, Iterator<? extends List<? extends Map<String, ?>>> pages) {
    List<String> columns = columns(request);
    return new RowSequence() {
      private Iterator<? extends Map<String, ?>> page = Collections.emptyIterator();
      private int number;

      @Override
      Object[] next() {
        while (!page.hasNext()) {
          if (!pages.hasNext()) {
            return null;
          }
          page = pages.next().iterator();
          number++;
        }
        return inOrder(columns, page.next());
      }

      @Override
      String position() {
        return " (page " + number + ")";
      }

      @Override
      public void close() {
        if (pages instanceof AutoCloseable closeable) {
          try {
            closeable.close();
          } catch (Exception e) {
            throw e instanceof RuntimeException own ? own : new IllegalStateException(e);
          }
        }
      }
    };
  }

  private static List<String> columns(ReadRequest request) {
    return request.table().schema().getFields().stream().map(Field::getName).toList();
  }

  private static Object[] inOrder(List<String> columns, Map<String, ?> values) {
    Object[] row = new Object[columns.size()];
    for (int i = 0; i < row.length; i++) {
      row[i] = values.get(columns.get(i));
    }
    return row;
  }
}
