package io.connectorkit.connector.jdbc;

import io.connectorkit.api.ConnectorException;
import io.connectorkit.api.ReadRequest;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.types.pojo.Schema;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyOut;

/** Rows in the binary form of COPY, decoded into Arrow vectors. */
final class CopyReader extends ArrowReader {

  private static final byte[] SIGNATURE = {'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xff, '\r', '\n', 0};
  private static final long MAX_BATCH_BYTES = 16L << 20;

  private final ReadRequest request;
  private final List<PgColumn> columns;
  private final Postgres database;
  private final String sql;
  private CopyOut copy;
  private PgDecoder[] decoders;
  private byte[] buffer = {};
  private int at;
  private int limit;
  private boolean ended;
  private long rowsRead;
  private long bytesRead;

  CopyReader(ReadRequest request, List<PgColumn> columns, Postgres database, String sql) {
    super(request.context().allocator());
    this.request = request;
    this.columns = columns;
    this.database = database;
    this.sql = sql;
  }

  @Override
  protected Schema readSchema() {
    return new Schema(columns.stream().map(PgColumn::field).toList());
  }

  @Override
  public boolean loadNextBatch() throws java.io.IOException {
    request.context().cancellation().check();
    prepareLoadNextBatch();
    if (ended) {
      return false;
    }
    try {
      if (copy == null) {
        begin();
      }
      return batch(getVectorSchemaRoot());
    } catch (SQLException e) {
      throw Failures.of(Failures.of(request.table()), e);
    }
  }

  private void begin() throws SQLException {
    copy = database.connection.unwrap(PGConnection.class).getCopyAPI().copyOut(sql);
    need(SIGNATURE.length + 8);
    if (!Arrays.equals(buffer, at, at + SIGNATURE.length, SIGNATURE, 0, SIGNATURE.length)) {
      throw broken("is not in the binary form of COPY");
    }
    int extension = PgValue.int4(buffer, at + SIGNATURE.length + 4);
    at += SIGNATURE.length + 8;
    need(extension);
    at += extension;
  }

  private boolean batch(VectorSchemaRoot root) throws SQLException {
    List<FieldVector> vectors = root.getFieldVectors();
    if (decoders == null) {
      decoders = IntStream.range(0, columns.size()).mapToObj(i -> PgDecoder.of(columns.get(i).type(), vectors.get(i))).toArray(PgDecoder[]::new);
    }
    long before = bytesRead;
    int rows = 0;
    while (rows < request.batchSize() && bytesRead - before < MAX_BATCH_BYTES && row(rows)) {
      rows++;
    }
    if (rows > 0) {
      for (PgDecoder decoder : decoders) {
        decoder.finish(rows);
      }
    }
    root.setRowCount(rows);
    rowsRead += rows;
    return rows > 0;
  }

  private boolean row(int row) throws SQLException {
    need(2);
    int count = PgValue.int2(buffer, at);
    at += 2;
    if (count == -1) {
      end();
      return false;
    }
    if (count != decoders.length) {
      throw broken("has " + count + " values in a row of " + decoders.length + " columns");
    }
    for (int column = 0; column < count; column++) {
      need(4);
      int length = PgValue.int4(buffer, at);
      at += 4;
      if (length >= 0) {
        need(length);
        try {
          decoders[column].decode(row, buffer, at, length);
        } catch (PgDecoder.Refused e) {
          throw ConnectorException.permanent(Failures.of(request.table()) + ", row " + (rowsRead + row + 1) + ", column '" + columns.get(column).name()
              + "': " + e.getMessage() + "; have it come as text: tables: {\"" + request.table().sourceId().replace("\"", "\\\"") + "\": {types: {"
              + columns.get(column).name() + ": text}}}", null);
        }
        at += length;
      } else {
        decoders[column].decodeNull(row);
      }
    }
    return true;
  }

  /** Reads on until the server says that all is well. */
  private void end() throws SQLException {
    while (copy.readFromCopy() != null) {
      at = limit;
    }
    ended = true;
    database.close();
  }

  /** Has so many bytes lie in the buffer from the position on; mostly a message of the server is a row. */
  private void need(int bytes) throws SQLException {
    while (limit - at < bytes) {
      byte[] message = copy.readFromCopy();
      if (message == null) {
        throw ConnectorException.transientFailure(Failures.of(request.table()) + ": the server's answer breaks off", null, null);
      }
      bytesRead += message.length;
      if (at == limit) {
        buffer = message;
        at = 0;
        limit = message.length;
      } else {
        byte[] both = Arrays.copyOfRange(buffer, at, limit + message.length);
        System.arraycopy(message, 0, both, limit - at, message.length);
        limit = both.length;
        buffer = both;
        at = 0;
      }
    }
  }

  private ConnectorException broken(String how) {
    return ConnectorException.permanent(Failures.of(request.table()) + ": the server's answer " + how, null);
  }

  @Override
  public long bytesRead() {
    return bytesRead;
  }

  @Override
  protected void closeReadSource() {
    if (ended) {
      database.close();
    } else {
      database.abort();
    }
  }
}
