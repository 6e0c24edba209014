package io.connectorkit.api.internal;

import io.connectorkit.api.ConnectorException;
import io.connectorkit.api.ReadRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.types.pojo.Schema;

/** Fills Arrow batches from rows of Java values. */
public final class RowReader extends ArrowReader {

  /** A batch ends early once its text and bytes reach this, so that wide rows do not fill memory. */
  private static final long MAX_BATCH_BYTES = 8L << 20;

  private final ReadRequest request;
  private final RowSequence rows;
  private final UnaryOperator<String> remedies;
  private long bytesRead;
  private long rowsRead;
  private List<ValueWriter> writers;

  public RowReader(ReadRequest request, RowSequence rows) {
    this(request, rows, column -> "");
  }

  public RowReader(ReadRequest request, RowSequence rows, UnaryOperator<String> remedies) {
    super(request.context().allocator());
    this.request = request;
    this.rows = rows;
    this.remedies = remedies;
  }

  @Override
  public boolean loadNextBatch() throws java.io.IOException {
    request.context().cancellation().check();
    VectorSchemaRoot root = getVectorSchemaRoot();
    if (writers == null) {
      writers = root.getFieldVectors().stream().map(ValueWriters::of).toList();
    }
    // New buffers for every batch: the consumer may still hold those of the last one.
    root.getFieldVectors().forEach(FieldVector::allocateNew);
    int count = 0;
    long bytes = 0;
    for (Object[] row; count < request.batchSize() && bytes < MAX_BATCH_BYTES && (row = rows.next()) != null; count++) {
      bytes += write(root, count, row);
    }
    root.setRowCount(count);
    bytesRead += bytes;
    rowsRead += count;
    return count > 0;
  }

  private long write(VectorSchemaRoot root, int index, Object[] row) {
    List<FieldVector> vectors = root.getFieldVectors();
    if (row.length != vectors.size()) {
      throw ConnectorException.permanent(where(index) + ": " + row.length + " values for " + vectors.size() + " columns", null);
    }
    long bytes = 0;
    for (int column = 0; column < row.length; column++) {
      try {
        bytes += writers.get(column).write(index, row[column]);
      } catch (ValueRefused refused) {
        String name = vectors.get(column).getField().getName();
        String remedy = remedies.apply(name);
        throw ConnectorException.permanent(where(index) + ", column '" + name + "': " + refused.getMessage()
            + (remedy.isEmpty() ? "" : "; " + remedy), null);
      }
    }
    return bytes;
  }

  private String where(int index) {
    return "table '" + request.table().sourceId() + "', row " + (rowsRead + index + 1) + rows.position();
  }

  @Override
  public long bytesRead() {
    return bytesRead;
  }

  @Override
  protected void closeReadSource() {
    rows.close();
  }

  @Override
  protected Schema readSchema() {
    return new Schema(new ArrayList<>(request.table().schema().getFields()));
  }
}
