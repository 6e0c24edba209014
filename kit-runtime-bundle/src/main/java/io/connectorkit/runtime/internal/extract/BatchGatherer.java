package io.connectorkit.runtime.internal.extract;

import io.connectorkit.runtime.internal.types.DeliveredTypes;
import io.connectorkit.runtime.internal.types.ValueChecks;
import java.io.IOException;
import java.util.function.BooleanSupplier;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.util.VectorSchemaRootAppender;

/**
 * Takes batches out of a connector's reader. Each is moved out of the connector's vectors: DuckDB goes on reading a batch while it asks for
 * the next one, and a connector that fills the same buffers again would crash the JVM. On the way its types become those that are stored. Small
 * batches are put together, since each costs DuckDB about a millisecond.
 */
final class BatchGatherer {

  private static final int ENOUGH_ROWS = 8_192;
  private static final long ENOUGH_BYTES = 4L << 20;

  private final ArrowReader delegate;
  private final DeliveredTypes types;
  private final ValueChecks checks;
  private final BufferAllocator allocator;
  private final BooleanSupplier stopped;
  private final boolean gathers;
  private boolean ended;
  private volatile long askedSince;

  BatchGatherer(ArrowReader delegate, DeliveredTypes types, BufferAllocator allocator, BooleanSupplier stopped) {
    this.delegate = delegate;
    this.types = types;
    this.checks = new ValueChecks(types);
    this.allocator = allocator;
    this.stopped = stopped;
    this.gathers = types.stored().getFields().stream().allMatch(BatchGatherer::gathers);
  }

  /** The next batch, for the caller to close; null at the end. */
  VectorSchemaRoot next() throws IOException {
    VectorSchemaRoot gathered = null;
    try {
      while (!ended && !stopped.getAsBoolean()) {
        askedSince = System.nanoTime();
        ended = !delegate.loadNextBatch();
        askedSince = 0;
        if (ended) {
          break;
        }
        VectorSchemaRoot batch = delegate.getVectorSchemaRoot();
        if (gathered == null) {
          gathered = moved(batch);
        } else {
          append(gathered, batch);
        }
        if (!gathers || gathered.getRowCount() >= ENOUGH_ROWS || bytes(gathered) >= ENOUGH_BYTES) {
          break;
        }
      }
      if (gathered != null) {
        checks.check(gathered);
      }
      return gathered;
    } catch (Throwable e) {
      if (gathered != null) {
        gathered.close();
      }
      throw e;
    } finally {
      askedSince = 0;
    }
  }

  private static long bytes(VectorSchemaRoot batch) {
    return batch.getFieldVectors().stream().mapToLong(FieldVector::getBufferSize).sum();
  }

  /** Whether batches of that type can be put together; others are passed on as they come. */
  private static boolean gathers(Field field) {
    return switch (field.getType().getTypeID()) {
      case Int, FloatingPoint, Bool, Decimal, Date, Time, Timestamp -> true;
      case Utf8, LargeUtf8, Utf8View, Binary, LargeBinary, BinaryView, FixedSizeBinary -> true;
      case List, FixedSizeList, Struct, Map -> field.getChildren().stream().allMatch(BatchGatherer::gathers);
      default -> false;
    };
  }

  private void append(VectorSchemaRoot gathered, VectorSchemaRoot batch) {
    if (types.exact()) {
      types.requireSameColumns(batch);
      VectorSchemaRootAppender.append(gathered, batch);
      return;
    }
    try (VectorSchemaRoot next = moved(batch)) {
      VectorSchemaRootAppender.append(gathered, next);
    }
  }

  private VectorSchemaRoot moved(VectorSchemaRoot batch) {
    VectorSchemaRoot next = VectorSchemaRoot.create(types.stored(), allocator);
    try {
      types.move(batch, next);
      return next;
    } catch (Throwable e) {
      next.close();
      throw e;
    }
  }

  /** For how long the connector has been asked for the batch that it has not delivered yet. */
  long waitingNanos() {
    long since = askedSince;
    return since == 0 ? 0 : System.nanoTime() - since;
  }
}
