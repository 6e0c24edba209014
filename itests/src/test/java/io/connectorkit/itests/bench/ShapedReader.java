package io.connectorkit.itests.bench;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.types.pojo.Schema;

/** Rows of one shape. */
public final class ShapedReader extends ArrowReader {

  private final Shape shape;
  private final long end;
  private final int batchSize;
  private final long latencyNanos;
  private long next;

  /**
   * Prepares the rows.
   *
   * @param first number of the first one
   * @param latency for which each batch is kept back, as a source does that is asked for pages over a network
   */
  public ShapedReader(BufferAllocator allocator, Shape shape, long first, long rows, int batchSize, Duration latency) {
    super(allocator);
    this.shape = shape;
    this.next = first;
    this.end = first + rows;
    this.batchSize = batchSize;
    this.latencyNanos = latency.toNanos();
  }

  @Override
  public boolean loadNextBatch() throws java.io.IOException {
    int count = (int) Math.min(batchSize, end - next);
    if (count == 0) {
      return false;
    }
    keepBack();
    shape.fill(getVectorSchemaRoot(), next, count);
    next += count;
    return true;
  }

  private void keepBack() {
    if (latencyNanos > 0) {
      long due = System.nanoTime() + latencyNanos;
      for (long left = latencyNanos; left > 0; left = due - System.nanoTime()) {
        LockSupport.parkNanos(left);
      }
    }
  }

  @Override
  public long bytesRead() {
    return 0;
  }

  @Override
  protected void closeReadSource() {}

  @Override
  protected Schema readSchema() {
    return shape.schema();
  }
}
