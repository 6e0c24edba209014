package io.connectorkit.connector.bigquery;

import com.google.cloud.bigquery.storage.v1.ArrowSerializationOptions;
import com.google.cloud.bigquery.storage.v1.ArrowSerializationOptions.PicosTimestampPrecision;
import com.google.cloud.bigquery.storage.v1.CreateReadSessionRequest;
import com.google.cloud.bigquery.storage.v1.DataFormat;
import com.google.cloud.bigquery.storage.v1.ReadSession;
import com.google.cloud.bigquery.storage.v1.ReadStream;
import io.connectorkit.api.ConnectorException;
import io.connectorkit.api.ReadRequest;
import java.util.List;

/**
 * Sessions of the Storage API: one sees a table as it was when it began, however many streams it is read by. What does not lie in BigQuery's
 * storage is queried first, and the result is read.
 */
final class ReadSessions {

  private final ReadRequest request;
  private final Rest rest;
  private final Storage storage;

  ReadSessions(ReadRequest request) {
    this.request = request;
    this.rest = new Rest(request.context());
    this.storage = new Storage(request.context());
  }

  /** Begins one for what is asked for, and gives the names of its streams: none if there is no row. */
  List<String> streams(int most) {
    String id = request.table().sourceId();
    if (request.table().schema().getFields().isEmpty()) {
      throw ConnectorException.permanent("table '" + id + "': " + request.table().description(), null);
    }
    TableName table = TableName.of(rest.project().data(), request.table());
    String sql = GoogleSql.select(table, request);
    rest.requireAffordable(id, sql);
    ReadSession session = storage.begin(table.stored() ? ofTable(table, most) : ofResult(rest.result(sql), most), id);
    if (table.stored()) {
      rest.requireAffordable(id, session.getEstimatedTotalBytesScanned());
    }
    WireSchema.require(id, WireSchema.expected(request), session.getArrowSchema());
    return session.getStreamsList().stream().map(ReadStream::getName).toList();
  }

  private CreateReadSessionRequest ofTable(TableName table, int most) {
    ReadSession.TableReadOptions.Builder options = options().setRowRestriction(GoogleSql.where(request));
    request.columns().forEach(options::addSelectedFields);
    return session(table, options, most);
  }

  private CreateReadSessionRequest ofResult(TableName table, int most) {
    return session(table, options(), most);
  }

  /** Of moments with more digits all are wanted, which then are texts. */
  private static ReadSession.TableReadOptions.Builder options() {
    return ReadSession.TableReadOptions.newBuilder().setArrowSerializationOptions(ArrowSerializationOptions.newBuilder()
        .setPicosTimestampPrecision(PicosTimestampPrecision.TIMESTAMP_PRECISION_PICOS));
  }

  private CreateReadSessionRequest session(TableName table, ReadSession.TableReadOptions.Builder options, int most) {
    return CreateReadSessionRequest.newBuilder().setParent("projects/" + rest.project().billing()).setMaxStreamCount(most)
        .setReadSession(ReadSession.newBuilder().setTable(table.resource()).setDataFormat(DataFormat.ARROW).setReadOptions(options)).build();
  }
}
