package io.connectorkit.connector.files;

import io.connectorkit.api.ConnectorException;
import io.connectorkit.api.ReadRequest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.dictionary.Dictionary;
import org.apache.arrow.vector.dictionary.DictionaryEncoder;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.ipc.ArrowStreamReader;
import org.apache.arrow.vector.types.pojo.DictionaryEncoding;
import org.apache.arrow.vector.types.pojo.Schema;

/** The batches of Arrow files one after the other, dictionaries decoded; fails at the end if a file changed meanwhile. */
final class ArrowFilesReader extends ArrowReader {

  private final ReadRequest request;
  private final Source source;
  private final String version;
  private final Iterator<Path> files;
  private Path file;
  private ArrowReader current;
  private long bytesRead;

  ArrowFilesReader(ReadRequest request, Source source) {
    super(request.context().allocator());
    this.request = request;
    this.source = source;
    this.version = source.version();
    this.files = source.files().iterator();
  }

  @Override
  public boolean loadNextBatch() throws IOException {
    request.context().cancellation().check();
    prepareLoadNextBatch();
    try {
      while (current != null || files.hasNext()) {
        if (current == null) {
          file = files.next();
          current = ArrowIpc.open(file, allocator);
        }
        if (current.loadNextBatch()) {
          take(current.getVectorSchemaRoot());
          return true;
        }
        requireEndMark();
        closeCurrent();
      }
    } catch (ConnectorException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      throw source.failure("reading " + file.getFileName() + " failed: " + reason(e), e);
    }
    if (!version.equals(source.version())) {
      throw ConnectorException.permanent(
          source.named() + " changed while it was read; run again when nobody writes to it", null);
    }
    return false;
  }

  /** A stream that was cut off between two batches reads like a whole one but for this mark; writers set it when they end. */
  private void requireEndMark() throws IOException {
    if (current instanceof ArrowStreamReader && !ArrowIpc.hasEndMark(file)) {
      throw source.failure(file.getFileName() + " does not end with the mark for the end of a stream: it is cut off", null);
    }
  }

  private static String reason(Exception e) {
    String message = Problems.oneLine(e);
    return message.contains("arrow-compression") ? "its batches are compressed, which this reader has no codec for; write it uncompressed"
        : message;
  }

  private void take(VectorSchemaRoot batch) throws IOException {
    List<FieldVector> targets = getVectorSchemaRoot().getFieldVectors();
    for (int i = 0; i < targets.size(); i++) {
      FieldVector vector = batch.getVector(i);
      DictionaryEncoding encoding = vector.getField().getDictionary();
      if (encoding == null) {
        vector.makeTransferPair(targets.get(i)).transfer();
      } else {
        Dictionary dictionary = current.getDictionaryVectors().get(encoding.getId());
        try (FieldVector decoded = (FieldVector) DictionaryEncoder.decode(vector, dictionary, allocator)) {
          decoded.makeTransferPair(targets.get(i)).transfer();
        }
      }
    }
    getVectorSchemaRoot().setRowCount(batch.getRowCount());
  }

  private void closeCurrent() throws IOException {
    if (current != null) {
      bytesRead += current.bytesRead();
      current.close();
      current = null;
    }
  }

  @Override
  public long bytesRead() {
    return bytesRead + (current == null ? 0 : current.bytesRead());
  }

  @Override
  protected void closeReadSource() throws IOException {
    closeCurrent();
  }

  @Override
  protected Schema readSchema() {
    return new Schema(request.table().schema().getFields());
  }
}
