package io.connectorkit.runtime.internal.write;

import io.connectorkit.api.ConnectorContext;
import io.connectorkit.api.TableInfo;
import io.connectorkit.api.WriteMode;
import io.connectorkit.api.WriteRequest;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.arrow.vector.VectorSchemaRoot;

/**
 * One batch as the connector sees it. Its memory is given back by whoever is the last to hold it: the host, or a call that was given up and
 * still reads it; to take it away under that one's hands would end the process.
 */
record Batch(ConnectorContext context, TableInfo table, WriteMode mode, boolean dryRun, String idempotencyKey, long firstRow,
    VectorSchemaRoot batch, AtomicInteger holders) implements WriteRequest {

  /** The host holds it from the start. */
  Batch(ConnectorContext context, TableInfo table, WriteMode mode, boolean dryRun, String idempotencyKey, long firstRow, VectorSchemaRoot batch) {
    this(context, table, mode, dryRun, idempotencyKey, firstRow, batch, new AtomicInteger(1));
  }

  int size() {
    return batch.getRowCount();
  }

  /** The rows, for people. */
  String numbers() {
    return "rows " + firstRow + " to " + (firstRow + size() - 1);
  }

  void hold() {
    holders.incrementAndGet();
  }

  void release() {
    if (holders.decrementAndGet() == 0) {
      batch.close();
    }
  }
}
