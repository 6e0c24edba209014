package io.connectorkit.contract;

import io.connectorkit.api.BatchSource;
import io.connectorkit.api.ReadRequest;
import java.io.IOException;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.types.pojo.Schema;

/** Passes on to another reader, until a test overrides a method. */
class PassingReader extends ArrowReader {

  private final ArrowReader delegate;

  PassingReader(ReadRequest request, BatchSource source) {
    super(request.context().allocator());
    this.delegate = ((BatchSource.Batches) source).reader();
  }

  @Override
  public boolean loadNextBatch() throws IOException {
    return delegate.loadNextBatch();
  }

  @Override
  public VectorSchemaRoot getVectorSchemaRoot() throws IOException {
    return delegate.getVectorSchemaRoot();
  }

  @Override
  public void close() throws IOException {
    delegate.close();
  }

  @Override
  public long bytesRead() {
    return delegate.bytesRead();
  }

  @Override
  protected void closeReadSource() {}

  @Override
  protected Schema readSchema() throws IOException {
    return delegate.getVectorSchemaRoot().getSchema();
  }
}
