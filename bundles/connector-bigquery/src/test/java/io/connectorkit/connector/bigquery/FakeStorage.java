package io.connectorkit.connector.bigquery;

import com.google.cloud.bigquery.storage.v1.ArrowRecordBatch;
import com.google.cloud.bigquery.storage.v1.ArrowSchema;
import com.google.cloud.bigquery.storage.v1.BigQueryReadGrpc;
import com.google.cloud.bigquery.storage.v1.CreateReadSessionRequest;
import com.google.cloud.bigquery.storage.v1.ReadRowsRequest;
import com.google.cloud.bigquery.storage.v1.ReadRowsResponse;
import com.google.cloud.bigquery.storage.v1.ReadSession;
import com.google.cloud.bigquery.storage.v1.ReadStream;
import io.grpc.InsecureServerCredentials;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerCredentials;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.grpc.StatusException;
import io.grpc.okhttp.OkHttpServerBuilder;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.function.Predicate;

/** The Storage Read API on its official service definition: sessions, streams, offsets, snapshots; and misbehaviour, as a test says. */
public final class FakeStorage extends BigQueryReadGrpc.BigQueryReadImplBase {

  private static final int BATCH = 100;
  private static final long PATIENCE_NANOS = 10_000_000_000L;
  private static final long PAUSE_NANOS = 10_000_000;

  private final Function<String, FakeTable> tables;
  private final Predicate<String> tokens;
  private final Map<String, Snapshot> streams = new ConcurrentHashMap<>();
  private final List<CreateReadSessionRequest> sessions = new CopyOnWriteArrayList<>();
  private final List<ReadRowsRequest> reads = new CopyOnWriteArrayList<>();
  private final AtomicReference<Misdeed> misdeed = new AtomicReference<>();
  private final int port;
  private final ServerCredentials credentials;
  private volatile Server server;

  /** What a stream has: the rows as they were when its session began. */
  private record Snapshot(FakeTable table, List<Object[]> rows) {}

  /** Comes in place of a batch; null lets the batch come. */
  @FunctionalInterface
  public interface Misdeed {
    /** The end of the stream. */
    StatusException inPlaceOf(long row) throws Exception;
  }

  FakeStorage(Function<String, FakeTable> tables, Predicate<String> tokens, ServerCredentials credentials) {
    this.tables = tables;
    this.tokens = tokens;
    this.credentials = credentials == null ? InsecureServerCredentials.create() : credentials;
    this.server = start(0);
    this.port = server.getPort();
  }

  private Server start(int at) {
    try {
      return OkHttpServerBuilder.forPort(new InetSocketAddress(InetAddress.getLoopbackAddress(), at), credentials).addService(this)
          .intercept(new ServerInterceptor() {
            @Override
            public <Q, A> ServerCall.Listener<Q> interceptCall(ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
              return guarded(call, headers, next);
            }
          }).build().start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private <Q, A> ServerCall.Listener<Q> guarded(ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
    String authorization = String.valueOf(headers.get(Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER)));
    String route = headers.get(Metadata.Key.of("x-goog-request-params", Metadata.ASCII_STRING_MARSHALLER));
    Status refused = !tokens.test(authorization.replaceFirst("^Bearer ", "")) ? Status.UNAUTHENTICATED.withDescription("Request had invalid credentials")
        : route == null ? Status.INVALID_ARGUMENT.withDescription("no routing header") : null;
    if (refused == null) {
      return next.startCall(call, headers);
    }
    call.close(refused, new Metadata());
    return new ServerCall.Listener<>() { };
  }

  public int port() {
    return port;
  }

  /** Does something in place of a batch, for each until it is told otherwise. */
  public void misbehave(Misdeed other) {
    misdeed.set(other);
  }

  /** Dies, with all connections, and comes back at the same port, which the system may take a moment to give back. */
  public void die() {
    server.shutdownNow();
    for (long end = System.nanoTime() + PATIENCE_NANOS; ; LockSupport.parkNanos(PAUSE_NANOS)) {
      try {
        server = start(port);
        return;
      } catch (UncheckedIOException e) {
        if (System.nanoTime() > end) {
          throw e;
        }
      }
    }
  }

  /** What was asked for since the last time. */
  List<CreateReadSessionRequest> sessions() {
    List<CreateReadSessionRequest> all = List.copyOf(sessions);
    sessions.clear();
    return all;
  }

  /** The same of streams. */
  public List<ReadRowsRequest> reads() {
    List<ReadRowsRequest> all = List.copyOf(reads);
    reads.clear();
    return all;
  }

  @Override
  public void createReadSession(CreateReadSessionRequest request, StreamObserver<ReadSession> answer) {
    sessions.add(request);
    FakeTable table = tables.apply(request.getReadSession().getTable());
    if (table == null) {
      answer.onError(Status.NOT_FOUND.withDescription("Not found: Table " + request.getReadSession().getTable()).asException());
      return;
    }
    if (!table.type.equals("TABLE")) {
      answer.onError(Status.INVALID_ARGUMENT.withDescription("request failed: only tables can be read, not " + table.type).asException());
      return;
    }
    List<String> columns = table.schema().getFields().stream().map(org.apache.arrow.vector.types.pojo.Field::getName)
        .filter(name -> request.getReadSession().getReadOptions().getSelectedFieldsList().isEmpty()
            || request.getReadSession().getReadOptions().getSelectedFieldsList().contains(name)).toList();
    FakeTable wanted;
    try {
      wanted = table.select("wanted", columns, FakeSql.where(table, request.getReadSession().getReadOptions().getRowRestriction()));
    } catch (IllegalArgumentException | ClassCastException e) {
      answer.onError(Status.INVALID_ARGUMENT.withDescription("request failed: " + e.getMessage()).asException());
      return;
    }
    List<Object[]> rows = wanted.rows();
    int count = rows.isEmpty() ? 0 : Math.min(3, request.getMaxStreamCount());
    ReadSession.Builder session = ReadSession.newBuilder().setName("projects/x/sessions/" + sessions.size())
        .setEstimatedTotalBytesScanned(table.bytesPerColumn * columns.size())
        .setArrowSchema(ArrowSchema.newBuilder().setSerializedSchema(FakeArrow.schema(wanted.schema())));
    for (int i = 0; i < count; i++) {
      String name = "projects/x/locations/eu/sessions/s/streams/" + streams.size();
      streams.put(name, new Snapshot(wanted, new ArrayList<>(rows.subList(rows.size() * i / count, rows.size() * (i + 1) / count))));
      session.addStreams(ReadStream.newBuilder().setName(name));
    }
    answer.onNext(session.build());
    answer.onCompleted();
  }

  @Override
  public void readRows(ReadRowsRequest request, StreamObserver<ReadRowsResponse> answer) {
    reads.add(request);
    Snapshot snapshot = streams.get(request.getReadStream());
    for (int from = (int) request.getOffset(); from < snapshot.rows().size(); from += BATCH) {
      try {
        Misdeed other = misdeed.get();
        StatusException end = other == null ? null : other.inPlaceOf(from);
        if (end != null) {
          answer.onError(end);
          return;
        }
        List<Object[]> rows = snapshot.rows().subList(from, Math.min(snapshot.rows().size(), from + BATCH));
        ReadRowsResponse.Builder response = ReadRowsResponse.newBuilder().setRowCount(rows.size())
            .setArrowRecordBatch(ArrowRecordBatch.newBuilder().setSerializedRecordBatch(FakeArrow.batch(snapshot.table().schema(), rows)));
        if (from == request.getOffset()) {
          response.setArrowSchema(ArrowSchema.newBuilder().setSerializedSchema(FakeArrow.schema(snapshot.table().schema())));
        }
        answer.onNext(response.build());
      } catch (InterruptedException e) {
        return;
      } catch (Exception e) {
        answer.onError(Status.INTERNAL.withDescription(String.valueOf(e)).asException());
        return;
      }
    }
    answer.onCompleted();
  }

  void close() {
    server.shutdownNow();
  }
}
