package io.connectorkit.connector.bigquery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.cloud.bigquery.storage.v1.ReadRowsRequest;
import com.google.protobuf.Any;
import com.google.rpc.Code;
import com.google.rpc.RetryInfo;
import io.connectorkit.api.BatchSource;
import io.connectorkit.api.ConnectorException;
import io.connectorkit.api.ConnectorException.Kind;
import io.connectorkit.api.Filter;
import io.connectorkit.api.Filter.Operator;
import io.connectorkit.api.ReadRequest;
import io.connectorkit.api.RemoteAttach;
import io.connectorkit.api.Split;
import io.connectorkit.api.TableInfo;
import io.connectorkit.api.Watermark;
import io.connectorkit.contract.ConnectorProbe;
import io.grpc.Status;
import io.grpc.StatusException;
import io.grpc.protobuf.StatusProto;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the connector asks of BigQuery, and what it makes of the answers. */
@Timeout(60)
class BigQueryTest {

  private final BigQueryConnector connector = new BigQueryConnector();
  private final FakeBigQuery fake = Samples.shop(new FakeBigQuery());
  private final List<ConnectorProbe> probes = new ArrayList<>();

  @AfterEach
  void close() {
    probes.forEach(ConnectorProbe::close);
    fake.close();
  }

  private ConnectorProbe probe(Map<String, Object> settings, Map<String, String> secrets) {
    ConnectorProbe probe = new ConnectorProbe(settings, secrets);
    probes.add(probe);
    return probe;
  }

  private ConnectorProbe probe(Map<String, Object> settings) {
    return probe(settings, Map.of("BIGQUERY_SERVICE_ACCOUNT_JSON", fake.key()));
  }

  private ConnectorProbe probe() {
    return probe(Samples.settings(fake));
  }

  private static Map<String, Object> with(Map<String, Object> settings, String name, Object value) {
    Map<String, Object> other = new HashMap<>(settings);
    other.put(name, value);
    return other;
  }

  /** A request for some of a table. */
  private record Wanted(ReadRequest all, List<String> columns, List<Filter> filters, java.util.Optional<Watermark> watermark, Split split)
      implements ReadRequest {

    @Override
    public io.connectorkit.api.ConnectorContext context() {
      return all.context();
    }

    @Override
    public TableInfo table() {
      return all.table();
    }

    @Override
    public int batchSize() {
      return all.batchSize();
    }

    Wanted piece(Split other) {
      return new Wanted(all, columns, filters, watermark, other);
    }
  }

  private Wanted wanted(ConnectorProbe probe, String table, List<String> columns, Watermark from, Filter... filters) {
    return new Wanted(probe.request(probe.table(connector, table), 1000), columns, List.of(filters), java.util.Optional.ofNullable(from), Split.WHOLE);
  }

  private List<Long> ids(ReadRequest request) throws IOException {
    List<Long> ids = new ArrayList<>();
    try (ArrowReader reader = ((BatchSource.Batches) connector.read(request)).reader()) {
      while (reader.loadNextBatch()) {
        BigIntVector id = (BigIntVector) reader.getVectorSchemaRoot().getVector("id");
        for (int i = 0; i < reader.getVectorSchemaRoot().getRowCount(); i++) {
          ids.add(id.get(i));
        }
      }
    }
    return ids;
  }

  private ConnectorException refused(ReadRequest request) {
    return assertThrows(ConnectorException.class, () -> ids(request));
  }

  private static List<Long> upTo(long last) {
    return LongStream.rangeClosed(1, last).boxed().toList();
  }

  @Test
  void everyDatasetIsListedWithItsViewsUnderNamesThatDoNotMeet() {
    fake.table("a_b", "c", "TABLE").column("id", "INTEGER", new ArrowType.Int(64, true));
    fake.table("a", "b_c", "MATERIALIZED_VIEW").column("id", "INTEGER", new ArrowType.Int(64, true));
    fake.table("a", "Ünï code", "EXTERNAL").column("id", "INTEGER", new ArrowType.Int(64, true));
    fake.table("later", "no columns yet", "TABLE").saying("'x': 1, ");
    ConnectorProbe probe = probe(fake.settings());
    Map<String, String> views = probe.discover(connector).stream().collect(Collectors.toMap(TableInfo::sourceId, TableInfo::viewName));
    assertEquals(java.util.Set.of("a_b.c", "a.b_c", "a.Ünï code", "later.no columns yet", "shop.orders", "shop.large_orders", "shop.nothing"),
        views.keySet());
    assertEquals(views.size(), java.util.Set.copyOf(views.values()).size(), views.toString());
    assertEquals("shop_orders", views.get("shop.orders"));
    TableInfo view = probe.table(connector, "shop_large_orders");
    assertEquals("(VIEW: read by a query)", view.description());
    assertEquals("Orders of the shop", probe.table(connector, "shop_orders").description());
  }

  @Test
  void anEmptyProjectHasNoTables() {
    List.of("shop.orders", "shop.large_orders", "shop.nothing").forEach(fake::drop);
    assertEquals(List.of(), probe(fake.settings()).discover(connector));
  }

  @Test
  void aTableOfAnUnknownTypeIsListedAndFailsAlone() {
    fake.table("shop", "odd", "TABLE").column("x", "HOLOGRAM", ArrowType.Utf8.INSTANCE);
    ConnectorProbe probe = probe();
    assertTrue(refused(wanted(probe, "odd", List.of(), null)).getMessage().contains("column 'x' is of type 'HOLOGRAM'"));
    assertEquals(4, probe.discover(connector).size());
  }

  @Test
  void aTableIsReadInStreamsThatTogetherHoldEachRowOnce() throws IOException {
    ConnectorProbe probe = probe();
    Wanted request = wanted(probe, "orders", List.of("id"), null);
    List<Split> splits = connector.splits(request);
    assertEquals(3, splits.size());
    List<Long> all = new ArrayList<>();
    for (Split split : splits) {
      all.addAll(ids(request.piece(split)));
    }
    assertEquals(upTo(700), all.stream().sorted().toList());
    assertEquals(List.of(), ids(wanted(probe, "nothing", List.of("id"), null).piece(connector.splits(wanted(probe, "nothing", List.of("id"), null)).get(0))));
  }

  @Test
  void columnsAndConditionsGoToTheSource() throws IOException {
    ConnectorProbe probe = probe();
    Wanted request = wanted(probe, "orders", List.of("id", "note"), new Watermark(Samples.FIRST.plusSeconds(690)),
        new Filter("total", Operator.LT, List.of(new BigDecimal("699"))), new Filter("deleted", Operator.EQ, List.of(false)),
        new Filter("note", Operator.IN, List.of("note 'n' 692", "note 'n' 695", "back\\slash\n")));
    assertEquals(List.of(692L, 695L), ids(request));
    var options = fake.storage().sessions().get(0).getReadSession().getReadOptions();
    assertEquals(List.of("id", "note"), List.copyOf(options.getSelectedFieldsList()));
    assertEquals("`updated_at` >= TIMESTAMP '2026-01-01 00:11:30.000000+00:00' AND `total` < NUMERIC '699' AND `deleted` = FALSE"
        + " AND `note` IN ('note \\'n\\' 692', 'note \\'n\\' 695', 'back\\\\slash\\x0a')", options.getRowRestriction());
    assertEquals(70, ids(wanted(probe, "orders", List.of("id"), null, new Filter("note", Operator.IS_NULL, List.of()))).size());
    // Texts may be sorted by a collation there: the host compares these.
    assertEquals(700, ids(wanted(probe, "orders", List.of("id"), null, new Filter("note", Operator.GT, List.of("note 'n' 9")))).size());
  }

  /** J12: the Storage API refuses views; the result of a query can be read by it. */
  @Test
  void aViewIsReadThroughTheResultOfAQuery() throws IOException {
    ConnectorProbe probe = probe();
    fake.rest().asked();
    Wanted request = wanted(probe, "large_orders", List.of("id"), new Watermark(Samples.FIRST.plusSeconds(200)));
    fake.rest().asked();
    assertEquals(51, ids(request).size());
    String sql = "SELECT `id` FROM `acme-data-1`.`shop`.`large_orders` WHERE `updated_at` >= TIMESTAMP '2026-01-01 00:03:20.000000+00:00'";
    List<String> asked = fake.rest().asked();
    assertEquals(List.of("POST /bigquery/v2/projects/acme-data-1/jobs dry " + sql, "POST /bigquery/v2/projects/acme-data-1/jobs run " + sql),
        asked.subList(0, 2));
    assertTrue(asked.get(2).contains("/queries/job_0?location=EU"), asked.toString());
    assertEquals("projects/acme-data-1/datasets/_hidden/tables/job_0", fake.storage().sessions().get(0).getReadSession().getTable());
  }

  /** J16: a limit in bytes, which holds also when nobody can tell how many there are. */
  @Test
  void whatScansTooMuchIsNotRead() throws IOException {
    Map<String, Object> tight = with(Samples.settings(fake), "max_bytes", 4000);
    for (String table : List.of("orders", "large_orders")) {
      Wanted all = wanted(probe(tight), table, List.of("id", "total", "updated_at", "deleted", "note"), null);
      ConnectorException e = refused(all);
      assertEquals("table 'shop." + table + "': this read would scan 5000 bytes, and max_bytes allows 4000; choose fewer columns, read it in increments,"
          + " or raise max_bytes", e.getMessage());
      assertEquals(Kind.PERMANENT, e.kind());
    }
    assertEquals(List.of(), fake.storage().sessions());
    assertEquals(700, ids(wanted(probe(tight), "orders", List.of("id", "total"), null)).size());
    Wanted request = wanted(probe(tight), "orders", List.of("id"), null);
    fake.rest().instead(200, "{'statistics': {}}", null);
    refused(request);
    fake.rest().instead(200, "{'statistics': {'totalBytesProcessed': 'unknown'}}", null);
    assertTrue(refused(request).getMessage().contains("the dry run does not say how much"));
    fake.rest().instead(403, "{'error': {'message': 'Access Denied: User does not have bigquery.jobs.create permission'}}", null);
    assertEquals(Kind.PERMANENT, refused(request).kind());
    assertEquals(1, fake.storage().sessions().size());
    Wanted free = wanted(probe(with(tight, "max_bytes", 0)), "orders", List.of("id", "total", "updated_at", "deleted", "note"), null);
    fake.rest().asked();
    assertEquals(700, ids(free).size());
    assertEquals(List.of(), fake.rest().asked());
  }

  /** J12 to J14: names for tables, the query function for views, no token. */
  @Test
  void tablesAreAttachedByNameAndViewsByAQuery() {
    ConnectorProbe probe = probe(with(Samples.settings(fake), "billing_project", "acme-pays-2"));
    fake.table("shop", "huge", "VIEW").column("id", "INTEGER", new ArrowType.Int(64, true)).bytesPerColumn(2_000_000);
    RemoteAttach remote = connector.attach(probe.context(), probe.discover(connector));
    assertEquals(List.of("bq", "bigquery", "project=acme-data-1 billing_project=acme-pays-2 dataset=shop", ""),
        List.of(remote.alias(), remote.extension(), remote.url(), remote.tokenEnv()));
    assertEquals(Map.of("shop.orders", new RemoteAttach.Name(List.of("shop", "orders")), "shop.nothing", new RemoteAttach.Name(List.of("shop", "nothing")),
        "shop.large_orders", new RemoteAttach.Call("bigquery_query", List.of("acme-pays-2", "SELECT * FROM `acme-data-1`.`shop`.`large_orders`"))),
        remote.tables());
    ConnectorProbe plain = probe(fake.settings());
    assertEquals("project=acme-data-1", connector.attach(plain.context(), List.of()).url());
  }

  /** J15. */
  @Test
  void aProjectThatIsNoneIsRefusedBeforeItGoesAnywhere() {
    for (String wrong : List.of("a'; DROP", "UPPER-case-1", "x", "acme-data-1 dataset=secret")) {
      assertThrows(ConnectorException.class, () -> probe(with(fake.settings(), "project", wrong)).discover(connector));
      assertThrows(ConnectorException.class, () -> probe(with(fake.settings(), "billing_project", wrong)).discover(connector));
    }
    assertThrows(ConnectorException.class, () -> probe(with(fake.settings(), "datasets", List.of("../x"))).discover(connector));
    assertEquals(List.of(), fake.rest().asked());
  }

  @Test
  void credentialsComeFromAFileAVariableOrTheMachine(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("key.json"), fake.key());
    for (Map<String, String> secrets : List.of(Map.of("GOOGLE_APPLICATION_CREDENTIALS", file.toString()),
        Map.of("BIGQUERY_SERVICE_ACCOUNT_JSON", fake.key()), Map.<String, String>of())) {
      ConnectorProbe probe = probe(Samples.settings(fake), secrets);
      int before = fake.tokens().given();
      assertEquals(700, ids(wanted(probe, "orders", List.of("id"), null)).size());
      assertEquals(before + 1, fake.tokens().given(), "one token serves all");
    }
    fake.rest().deafTo(path -> path.startsWith("/computeMetadata"));
    List<Map<String, String>> wrong = List.of(Map.of("GOOGLE_APPLICATION_CREDENTIALS", folder.resolve("absent").toString()),
        Map.of("BIGQUERY_SERVICE_ACCOUNT_JSON", "not json"), Map.of("BIGQUERY_SERVICE_ACCOUNT_JSON", "{\"type\": \"authorized_user\"}"),
        Map.of("BIGQUERY_SERVICE_ACCOUNT_JSON", fake.key().replaceAll("(PRIVATE KEY-----..).{200}", "$1")),
        Map.of("BIGQUERY_SERVICE_ACCOUNT_JSON", fake.key().replace("reader@", "other@")), Map.of());
    for (Map<String, String> secrets : wrong) {
      ConnectorException e = assertThrows(ConnectorException.class, () -> probe(Samples.settings(fake), secrets).discover(connector));
      assertEquals(Kind.AUTHENTICATION, e.kind(), e.getMessage());
      assertTrue(e.getMessage().contains("GOOGLE_APPLICATION_CREDENTIALS"), e.getMessage());
      assertFalse(e.getMessage().contains("absent") || e.getMessage().contains("BEGIN PRIVATE"), e.getMessage());
    }
  }

  @Test
  void aTokenThatEndsIsReplacedInEveryPhase() throws IOException {
    ConnectorProbe probe = probe();
    Wanted request = wanted(probe, "orders", List.of("id"), null);
    fake.tokens().revoke();
    List<Split> splits = connector.splits(request);
    fake.tokens().revoke();
    AtomicInteger times = new AtomicInteger();
    fake.storage().misbehave(row -> {
      if (row == 100 && times.getAndIncrement() == 0) {
        fake.tokens().revoke();
        return Status.UNAUTHENTICATED.asException();
      }
      return null;
    });
    List<Long> all = new ArrayList<>();
    for (Split split : splits) {
      all.addAll(ids(request.piece(split)));
    }
    assertEquals(upTo(700), all.stream().sorted().toList());
    fake.tokens().life(30);
    fake.tokens().revoke();
    int before = fake.tokens().given();
    ids(request);
    assertTrue(fake.tokens().given() >= before + 2, "one that lives shorter than the margin is used once");
  }

  @Test
  void aStreamThatBreaksGoesOnBehindTheLastRowThatCame() throws IOException {
    AtomicInteger breaks = new AtomicInteger();
    fake.storage().misbehave(row -> (row == 200 || row == 400) && breaks.getAndIncrement() % 2 == 0
        ? (row == 200 ? Status.UNAVAILABLE : Status.INTERNAL.withDescription("RST_STREAM")).asException() : null);
    assertEquals(upTo(700), ids(wanted(probe(), "orders", List.of("id"), null)));
    assertEquals(List.of(0L, 200L, 400L), fake.storage().reads().stream().map(ReadRowsRequest::getOffset).toList());
    assertEquals(1, fake.storage().sessions().size());
  }

  @Test
  void aServiceThatDiesInTheMiddleOfAStreamLosesNoRow() throws Exception {
    CountDownLatch back = new CountDownLatch(1);
    AtomicInteger deaths = new AtomicInteger();
    fake.storage().misbehave(row -> {
      if (row == 200 && deaths.getAndIncrement() == 0) {
        fake.storage().die();
        back.countDown();
      }
      return null;
    });
    Wanted request = wanted(probe(), "orders", List.of("id"), null);
    Split split = connector.splits(request).get(0);
    List<Long> ids;
    try {
      ids = ids(request.piece(split));
    } catch (ConnectorException e) {
      // If it is not back at once, it is the host that waits.
      assertEquals(Kind.TRANSIENT, e.kind());
      back.await();
      ids = ids(request.piece(split));
    }
    assertEquals(233, ids.size());
    assertEquals(1, deaths.get());
  }

  @Test
  void aServiceThatStaysDownIsATransientFailureAndOneThatRefusesAPermanentOne() throws IOException {
    Wanted request = wanted(probe(), "orders", List.of("id"), null);
    fake.storage().misbehave(row -> row == 300 ? Status.UNAVAILABLE.withDescription("down\nfor now").asException() : null);
    ConnectorException down = refused(request);
    assertEquals(Kind.TRANSIENT, down.kind());
    assertEquals("table 'shop.orders': the Storage API answered UNAVAILABLE: down for now", down.getMessage());
    fake.storage().misbehave(row -> Status.PERMISSION_DENIED.withDescription("no bigquery.readsessions.getData").asException());
    assertEquals(Kind.PERMANENT, refused(request).kind());
    fake.storage().misbehave(row -> Status.UNAUTHENTICATED.asException());
    assertEquals(Kind.AUTHENTICATION, refused(request).kind());
    StatusException throttled = StatusProto.toStatusException(com.google.rpc.Status.newBuilder().setCode(Code.RESOURCE_EXHAUSTED_VALUE)
        .addDetails(Any.pack(RetryInfo.newBuilder().setRetryDelay(com.google.protobuf.Duration.newBuilder().setSeconds(7)).build())).build());
    fake.storage().misbehave(row -> throttled);
    ConnectorException wait = refused(request);
    assertEquals(List.of(Kind.TRANSIENT, Duration.ofSeconds(7)), List.of(wait.kind(), wait.retryAfter().orElseThrow()));
  }

  @Test
  void tooManyRequestsAreNoMatterOfTheToken() {
    Wanted request = wanted(probe(), "orders", List.of("id"), null);
    fake.rest().instead(403, "{'error': {'message': 'Exceeded rate limits: too many api requests', 'errors': [{'reason': 'rateLimitExceeded'}]}}", null);
    ConnectorException e = refused(request);
    assertEquals(Kind.TRANSIENT, e.kind(), e.getMessage());
  }

  @Test
  void aTableThatIsAlteredAfterDiscoveryIsReadInTheNextRun() {
    ConnectorProbe probe = probe();
    Wanted request = wanted(probe, "nothing", List.of("id"), null);
    fake.table("shop", "nothing", "TABLE").column("id", "STRING", ArrowType.Utf8.INSTANCE).put("x");
    ConnectorException e = refused(request);
    assertEquals("table 'shop.nothing' has the columns [id Utf8], and had [id Int(64, true)] when it was discovered; run again when nobody alters it",
        e.getMessage());
    fake.drop("shop.nothing");
    assertEquals(Kind.PERMANENT, refused(request).kind());
  }

  @Test
  void aStreamThatIsSilentEndsWhenItIsNotWantedAnyMore() throws Exception {
    ConnectorProbe probe = probe();
    Wanted request = wanted(probe, "orders", List.of("id"), null);
    CountDownLatch silent = new CountDownLatch(1);
    fake.storage().misbehave(row -> {
      if (row == 100) {
        silent.countDown();
        new CountDownLatch(1).await();
      }
      return null;
    });
    Thread canceller = new Thread(() -> {
      try {
        silent.await();
        probe.cancel();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    });
    canceller.start();
    Exception e = assertThrows(Exception.class, () -> ids(request));
    assertInstanceOf(java.util.concurrent.CancellationException.class, e);
    canceller.join();
  }

  @Test
  void nothingRunsOnWhenTheInstanceHasEnded() throws IOException {
    ConnectorProbe probe = new ConnectorProbe(Samples.settings(fake), Map.of("BIGQUERY_SERVICE_ACCOUNT_JSON", fake.key()));
    try (probe) {
      ids(wanted(probe, "orders", List.of("id"), null));
      assertTrue(threads() > 0);
    }
    assertEquals(0, threads());
  }

  private static long threads() {
    return Thread.getAllStackTraces().keySet().stream().filter(thread -> thread.isAlive() && thread.getName().startsWith("bigquery-")).count();
  }
}
