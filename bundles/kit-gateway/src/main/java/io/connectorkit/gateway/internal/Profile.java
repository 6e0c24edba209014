package io.connectorkit.gateway.internal;

import io.connectorkit.host.StoredTable;
import java.util.List;

/**
 * What the values of a table are like.
 *
 * @param extractedAt of the rows that were looked at
 * @param rows of the table; all else is about the {@code sampled} ones
 */
record Profile(String source, String table, String extractedAt, long rows, long sampled, List<Column> columns) {

  /** A value and how often it is there. */
  record Top(String value, long count) {}

  /** A range of values, by its beginning, and how many are in it. */
  record Bin(String label, long count) {}

  /** A column: smallest and largest value are null where the type has no order; quantiles are those at 5, 25, 50, 75 and 95 per cent. */
  record Column(String name, String type, long nulls, long distinct, @MayBeNull String min, @MayBeNull String max, List<String> quantiles, List<Top> top,
      List<Bin> histogram) {}

  /** Whether it is about the table as it is now. */
  boolean isOf(StoredTable now) {
    return extractedAt.equals(String.valueOf(now.extractedAt())) && rows == now.rows();
  }
}
