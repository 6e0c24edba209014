package io.connectorkit.connector.bigquery;

import com.google.cloud.bigquery.storage.v1.ReadRowsResponse;
import io.connectorkit.api.ConnectorException;
import io.connectorkit.api.ReadRequest;
import io.grpc.StatusException;
import io.grpc.stub.BlockingClientCall;
import java.io.IOException;
import java.nio.channels.Channels;
import java.util.concurrent.CancellationException;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.ipc.ReadChannel;
import org.apache.arrow.vector.ipc.message.MessageSerializer;
import org.apache.arrow.vector.types.pojo.Schema;

/** The batches of one stream, as the service sends them. One that breaks is opened again behind the last row that came. */
final class StreamReader extends ArrowReader {

  private final ReadRequest request;
  private final String stream;
  private final Storage storage;
  private final Schema expected;
  private volatile BlockingClientCall<?, ReadRowsResponse> call;
  private long rows;
  private long bytes;
  private boolean over;

  /** Opens nothing yet; an empty name stands for a table without rows. */
  StreamReader(ReadRequest request, String stream) {
    super(request.context().allocator());
    this.request = request;
    this.stream = stream;
    this.storage = new Storage(request.context());
    this.expected = WireSchema.expected(request);
    this.over = stream.isEmpty();
    request.context().cancellation().onCancel(this::hangUp);
  }

  @Override
  protected Schema readSchema() {
    return expected;
  }

  @Override
  public boolean loadNextBatch() throws IOException {
    prepareLoadNextBatch();
    ReadRowsResponse response = over ? null : next();
    if (response == null) {
      over = true;
      return false;
    }
    var batch = response.getArrowRecordBatch().getSerializedRecordBatch();
    loadRecordBatch(MessageSerializer.deserializeRecordBatch(new ReadChannel(Channels.newChannel(batch.newInput())), allocator));
    int count = getVectorSchemaRoot().getRowCount();
    if (response.getRowCount() != count) {
      throw ConnectorException.permanent("table '" + table() + "': the Storage API announced a batch of " + response.getRowCount() + " rows and sent "
          + count, null);
    }
    rows += count;
    bytes += batch.size();
    return true;
  }

  private ReadRowsResponse next() {
    for (boolean again = false; ; again = true) {
      try {
        if (call == null) {
          call = storage.rows(stream, rows);
        }
        // Behind the call, which nobody else would end then.
        request.context().cancellation().check();
        ReadRowsResponse response = call.read();
        if (response != null && response.hasArrowSchema()) {
          WireSchema.require(table(), expected, response.getArrowSchema());
        }
        if (response == null || response.hasArrowRecordBatch()) {
          return response;
        }
      } catch (StatusException e) {
        call = null;
        // Once for each batch: a service that is down is waited for by the host.
        if (!storage.worthAnotherCall(e) || again) {
          throw storage.failure(table(), e);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new CancellationException("interrupted");
      }
    }
  }

  private String table() {
    return request.table().sourceId();
  }

  private void hangUp() {
    BlockingClientCall<?, ReadRowsResponse> open = call;
    if (open != null) {
      open.cancel("not wanted any more", null);
    }
  }

  @Override
  public long bytesRead() {
    return bytes;
  }

  @Override
  protected void closeReadSource() {
    hangUp();
  }
}
