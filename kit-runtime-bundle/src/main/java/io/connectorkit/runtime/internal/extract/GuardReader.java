package io.connectorkit.runtime.internal.extract;

import io.connectorkit.api.Cancellation;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.dictionary.Dictionary;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * Stands between a connector's reader and DuckDB. It moves each batch out of the connector's vectors, since DuckDB goes on reading a batch
 * while it asks for the next one and a connector that fills the same buffers again would crash the JVM. It also keeps the connector's own
 * exception, of which DuckDB passes on only the text.
 */
final class GuardReader extends ArrowReader {

  private final ArrowReader delegate;
  private final ClassLoader loader;
  private final Cancellation cancellation;
  private final LongConsumer progress;
  private final VectorSchemaRoot root;
  private volatile Throwable failure;
  private long rows;
  private long bytes;
  private boolean closed;

  GuardReader(ArrowReader delegate, BufferAllocator allocator, ClassLoader loader, Cancellation cancellation, LongConsumer progress)
      throws Exception {
    super(allocator);
    this.delegate = delegate;
    this.loader = loader;
    this.cancellation = cancellation;
    this.progress = progress;
    Schema schema = Tccl.call(loader, () -> delegate.getVectorSchemaRoot().getSchema());
    this.root = VectorSchemaRoot.create(schema, allocator);
  }

  @Override
  public synchronized boolean loadNextBatch() throws IOException {
    try {
      cancellation.check();
      if (!Tccl.call(loader, delegate::loadNextBatch)) {
        root.clear();
        return false;
      }
      move(delegate.getVectorSchemaRoot());
      progress.accept(rows);
      return true;
    } catch (Throwable e) {
      failure = e;
      throw e instanceof IOException io ? io : new IOException(String.valueOf(e), e);
    }
  }

  private void move(VectorSchemaRoot batch) {
    List<FieldVector> from = batch.getFieldVectors();
    List<FieldVector> to = root.getFieldVectors();
    int count = batch.getRowCount();
    for (int i = 0; i < to.size(); i++) {
      if (from.get(i).getValueCount() != count) {
        throw new IllegalStateException("column '" + to.get(i).getName() + "' has " + from.get(i).getValueCount()
            + " values in a batch of " + count + " rows");
      }
      bytes += from.get(i).getBufferSize();
      from.get(i).makeTransferPair(to.get(i)).transfer();
    }
    root.setRowCount(count);
    rows += count;
  }

  /** What the connector threw, or null. */
  Throwable failure() {
    return failure;
  }

  /** Rows handed on so far. */
  long rows() {
    return rows;
  }

  @Override
  public VectorSchemaRoot getVectorSchemaRoot() {
    return root;
  }

  @Override
  public Map<Long, Dictionary> getDictionaryVectors() throws IOException {
    return delegate.getDictionaryVectors();
  }

  @Override
  public Dictionary lookup(long id) {
    return delegate.lookup(id);
  }

  @Override
  public long bytesRead() {
    return bytes;
  }

  @Override
  protected Schema readSchema() {
    return root.getSchema();
  }

  @Override
  protected void closeReadSource() {}

  @Override
  public synchronized void close() throws IOException {
    if (closed) {
      return;
    }
    closed = true;
    root.close();
    try {
      Tccl.call(loader, () -> {
        delegate.close();
        return null;
      });
    } catch (IOException | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IOException(e);
    }
  }
}
