package io.connectorkit.api;

import io.connectorkit.api.internal.BatchRows;
import java.util.List;
import java.util.Map;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.osgi.annotation.versioning.ProviderType;

/** One batch of rows that the host wants written. Valid during the call; never null in any part. */
@ProviderType
public interface WriteRequest {

  /** The configured instance on whose behalf to write. */
  ConnectorContext context();

  /** The table, as {@link Discovers#discover} described it. */
  TableInfo table();

  /** What to do with the rows. */
  WriteMode mode();

  /** Whether to change nothing: check all that can be checked without a change, and answer as if the rows had been written. */
  boolean dryRun();

  /**
   * Names this batch: the same when it is sent again after a failure, also by a write that an operator repeats under the same id, and another
   * one for any other batch. Hand it to a source that knows such keys, or remember it there together with the rows: whoever gets a key for
   * the second time answers as the first time and changes nothing. At most 120 letters, digits, hyphens and underscores.
   */
  String idempotencyKey();

  /** The number of the batch's first row among all rows of the write, from 1 on; for messages. */
  long firstRow();

  /**
   * The rows: at least one, at most {@link Writes#batchSize}. The columns are those of the table that the operator gives, in the table's
   * order and of its types; the rest is not to be touched: the source's own default holds in a new row, the old value in one that is there.
   * Columns that are not nullable hold no null, nor do those of the key in {@link WriteMode#UPSERT} and {@link WriteMode#DELETE}. Belongs to
   * the host, which takes the memory back when the call has ended.
   */
  VectorSchemaRoot batch();

  /**
   * The same rows as maps from column to exact Java value, for sources that want JSON or the like: integers are {@link Long}, unsigned ones
   * of 64 bits {@link java.math.BigInteger}, floating-point numbers {@link Float} and {@link Double}, decimals
   * {@link java.math.BigDecimal}, texts {@link String}, bytes {@code byte[]}, booleans {@link Boolean}, dates and times those of
   * {@code java.time} ({@link java.time.Instant} with a zone, {@link java.time.LocalDateTime} without), lists {@link List}, structs and maps
   * {@link Map}, nulls null. Made row by row as they are asked for, anew each time.
   */
  default List<Map<String, Object>> rows() {
    return new BatchRows(batch());
  }
}
