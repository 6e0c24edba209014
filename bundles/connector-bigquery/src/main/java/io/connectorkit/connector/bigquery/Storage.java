package io.connectorkit.connector.bigquery;

import com.google.cloud.bigquery.storage.v1.BigQueryReadGrpc;
import com.google.cloud.bigquery.storage.v1.BigQueryReadGrpc.BigQueryReadBlockingV2Stub;
import com.google.cloud.bigquery.storage.v1.CreateReadSessionRequest;
import com.google.cloud.bigquery.storage.v1.ReadRowsRequest;
import com.google.cloud.bigquery.storage.v1.ReadRowsResponse;
import com.google.cloud.bigquery.storage.v1.ReadSession;
import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.RetryInfo;
import io.connectorkit.api.ConnectorContext;
import io.connectorkit.api.ConnectorException;
import io.grpc.Metadata;
import io.grpc.Status.Code;
import io.grpc.StatusException;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.BlockingClientCall;
import io.grpc.stub.MetadataUtils;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** The Storage Read API, for one call of the connector. */
final class Storage {

  private static final int PATIENCE_SECONDS = 120;
  private static final Metadata.Key<String> AUTHORIZATION = Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);
  private static final Metadata.Key<String> ROUTE = Metadata.Key.of("x-goog-request-params", Metadata.ASCII_STRING_MARSHALLER);
  private static final Set<Code> BROKEN = Set.of(Code.UNAVAILABLE, Code.INTERNAL, Code.ABORTED, Code.UNKNOWN);
  private static final Set<Code> PASSING = Set.of(Code.UNAVAILABLE, Code.INTERNAL, Code.ABORTED, Code.UNKNOWN, Code.RESOURCE_EXHAUSTED,
      Code.DEADLINE_EXCEEDED, Code.CANCELLED);

  private final ConnectorContext context;
  private final Client client;
  private String token = "";

  Storage(ConnectorContext context) {
    this.context = context;
    this.client = Client.of(context);
  }

  private BigQueryReadBlockingV2Stub stub(String route, String value) {
    token = client.tokens().get(context);
    Metadata headers = new Metadata();
    headers.put(AUTHORIZATION, "Bearer " + token);
    headers.put(ROUTE, route + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8));
    return BigQueryReadGrpc.newBlockingV2Stub(client.channel()).withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers));
  }

  /** Begins a session. */
  ReadSession begin(CreateReadSessionRequest request, String table) {
    for (boolean again = false; ; again = true) {
      try {
        return stub("read_session.table", request.getReadSession().getTable()).withDeadlineAfter(PATIENCE_SECONDS, TimeUnit.SECONDS)
            .createReadSession(request);
      } catch (StatusException e) {
        if (again || !worthAnotherCall(e)) {
          throw failure(table, e);
        }
      }
    }
  }

  /** Opens a stream from a row on; it flows as it is read. */
  BlockingClientCall<?, ReadRowsResponse> rows(String stream, long from) {
    return stub("read_stream", stream).readRows(ReadRowsRequest.newBuilder().setReadStream(stream).setOffset(from).build());
  }

  /** Whether a call broke in a way in which another one may go on; of a token that was refused, the next one gets a new one. */
  boolean worthAnotherCall(StatusException e) {
    context.cancellation().check();
    if (e.getStatus().getCode() == Code.UNAUTHENTICATED) {
      client.tokens().forget(token);
      return true;
    }
    return BROKEN.contains(e.getStatus().getCode());
  }

  /** As the host understands it. */
  ConnectorException failure(String table, StatusException e) {
    Code code = e.getStatus().getCode();
    String said = String.valueOf(e.getStatus().getDescription()).replaceAll("[\\p{Cntrl}\\s]+", " ");
    String message = "table '" + table + "': the Storage API answered " + code + ": " + said.substring(0, Math.min(said.length(), 400));
    if (code == Code.UNAUTHENTICATED) {
      return ConnectorException.authentication(message, e);
    }
    return PASSING.contains(code) ? ConnectorException.transientFailure(message, pause(e), e) : ConnectorException.permanent(message, e);
  }

  private static Duration pause(StatusException e) {
    try {
      for (Any detail : StatusProto.fromThrowable(e).getDetailsList()) {
        if (detail.is(RetryInfo.class)) {
          return Duration.ofSeconds(detail.unpack(RetryInfo.class).getRetryDelay().getSeconds());
        }
      }
    } catch (InvalidProtocolBufferException broken) {
      // It is a wish only.
    }
    return null;
  }
}
