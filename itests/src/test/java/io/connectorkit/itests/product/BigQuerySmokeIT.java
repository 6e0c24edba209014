package io.connectorkit.itests.product;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.connectorkit.connector.bigquery.FakeBigQuery;
import io.connectorkit.connector.bigquery.FakeTable;
import io.connectorkit.connector.bigquery.Samples;
import io.connectorkit.itests.scripted.LibraryConnector;
import io.connectorkit.itests.support.Await;
import io.connectorkit.itests.support.ConnectorJar;
import io.connectorkit.itests.support.Database;
import io.connectorkit.itests.support.Folders;
import io.connectorkit.itests.support.FullOnly;
import io.grpc.ServerCredentials;
import io.grpc.Status;
import io.grpc.TlsServerCredentials;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import javax.net.ssl.KeyManagerFactory;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** The BigQuery connector as it is shipped, from its first load to its removal, against a source that changes and misbehaves; gRPC over TLS. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class BigQuerySmokeIT {

  private static final KitProcess KIT = KitProcess.of(BigQuerySmokeIT.class);
  private static final String PASSWORD = "of-the-test";
  private static FakeBigQuery fake;
  private static FakeTable orders;

  @BeforeAll
  static void deploy() throws Exception {
    Path keys = KIT.home().resolveSibling("keys.p12");
    Files.createDirectories(KIT.home());
    fake = new FakeBigQuery(credentials(keys));
    orders = Samples.orders(fake.table("shop", "orders", "TABLE"), 700);
    Samples.orders(fake.table("shop", "large_orders", "VIEW"), 250);
    Path key = Folders.write(KIT.home().resolveSibling("key.json"), fake.key());
    KIT.with("GOOGLE_APPLICATION_CREDENTIALS", key.toString());
    KIT.with("JAVA_OPTS", "-Djavax.net.ssl.trustStore=" + keys + " -Djavax.net.ssl.trustStorePassword=" + PASSWORD);
    String settings = fake.settings().entrySet().stream().map(each -> "  " + each.getKey() + ": " + each.getValue() + "\n")
        .reduce("", String::concat).replace("storage_url: http://127.0.0.1", "storage_url: https://localhost");
    Folders.write(KIT.home().resolve("etc/connectors/sales.yaml"), "connector: bigquery\nconfig:\n" + settings
        + "  datasets: [shop]\n  tables: {shop.orders: {key: [id], incremental: updated_at, deleted: deleted}}\n");
    KIT.kit("deploy", "bigquery").ok();
  }

  private static ServerCredentials credentials(Path keys) throws Exception {
    Process keytool = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(), "-genkeypair", "-keyalg", "EC",
        "-alias", "fake", "-dname", "CN=localhost", "-ext",
        "san=dns:localhost,ip:127.0.0.1", "-ext", "bc=ca:true", "-keystore", keys.toString(), "-storepass", PASSWORD)
        .redirectErrorStream(true).start();
    assertEquals(0, KitProcess.exit(keytool, "keytool"));
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream stream = Files.newInputStream(keys)) {
      store.load(stream, PASSWORD.toCharArray());
    }
    KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(store, PASSWORD.toCharArray());
    return TlsServerCredentials.newBuilder().keyManager(factory.getKeyManagers()).build();
  }

  @AfterAll
  static void endTheProcesses() {
    KIT.close();
    fake.close();
  }

  private static JsonNode extract(String... options) {
    List<String> command = new java.util.ArrayList<>(List.of("extract", "sales", "--json"));
    command.addAll(List.of(options));
    KitProcess.Result result = KIT.kit(command.toArray(String[]::new));
    assertEquals(0, result.exit(), () -> result.out() + result.err());
    return table(result, "orders");
  }

  private static JsonNode table(KitProcess.Result result, String name) {
    for (JsonNode each : result.json().path("tables")) {
      if (each.path("table").asText().equals(name)) {
        return each;
      }
    }
    throw new AssertionError(name + " in " + result.out());
  }

  private static void assertPublished(FakeTable expected, String view) {
    String columns = expected.columns().stream().map(name -> name.equals("updated_at") ? "epoch_us(updated_at)" : name).collect(Collectors.joining(", "));
    assertEquals(expected.shown(), published("sales", "SELECT " + columns + " FROM " + view + " ORDER BY id"));
  }

  private static List<String> published(String instance, String sql) {
    return Database.query(KIT.extracts().resolve(instance).resolve("extract.duckdb"), sql).stream()
        .map(row -> row.stream().map(String::valueOf).collect(Collectors.joining(","))).toList();
  }

  @Test
  @Order(1)
  void theFirstLoadHasEveryValueOfTablesAndViews() {
    assertEquals("full", extract().path("mode").asText());
    assertPublished(orders, "orders");
    assertPublished(fake.table("shop.large_orders"), "large_orders");
    assertEquals(6, fake.storage().reads().size(), "three streams of the table, three of what the view gave");
  }

  @FullOnly
  @Test
  @Order(2)
  void changesAndDeletionsComeAsADelta() {
    Samples.put(orders, 701, 701, false);
    Samples.put(orders, 5, 702, false);
    Samples.put(orders, 6, 703, true);
    JsonNode run = extract();
    assertEquals("delta", run.path("mode").asText());
    assertTrue(run.path("rows").asInt() <= 4, run.toString());
    assertPublished(orders, "orders");
    assertEquals(List.of("700"), published("sales", "SELECT count(*) FROM orders"));
  }

  @FullOnly
  @Test
  @Order(3)
  void aNewColumnComesWithTheNextRun() {
    orders.column("channel", "STRING", ArrowType.Utf8.INSTANCE);
    Samples.put(orders, 7, 704, false);
    orders.set(7, 5, "web");
    extract();
    assertPublished(orders, "orders");
  }

  /** Throttled, the token taken back, and the service dead for a moment, all in one full read. */
  @FullOnly
  @Test
  @Order(4)
  void aSourceThatMisbehavesIsReadToTheEnd() {
    AtomicInteger times = new AtomicInteger();
    fake.rest().instead(429, "{'error': {'message': 'slow down'}}", "1");
    fake.storage().misbehave(row -> {
      if (row == 100 && times.getAndIncrement() == 0) {
        fake.tokens().revoke();
        fake.storage().die();
      }
      return row == 200 && times.getAndIncrement() == 1 ? Status.UNAUTHENTICATED.asException() : null;
    });
    int before = fake.tokens().given();
    JsonNode run = extract("--full", "--table", "orders");
    fake.storage().misbehave(null);
    assertEquals("full", run.path("mode").asText());
    assertTrue(fake.tokens().given() > before && times.get() > 1);
    assertPublished(orders, "orders");
  }

  @FullOnly
  @Test
  @Order(5)
  void aRunThatFailsKeepsTheLastRowsAndTheNextOneGoesOn() {
    Samples.put(orders, 800, 800, false);
    fake.storage().misbehave(row -> Status.PERMISSION_DENIED.withDescription("not today").asException());
    KitProcess.Result failed = KIT.kit("extract", "sales", "--table", "orders", "--json");
    fake.storage().misbehave(null);
    assertEquals(1, failed.exit(), failed::out);
    assertTrue(table(failed, "orders").path("error").asText().contains("PERMISSION_DENIED: not today"), failed.out());
    assertEquals(List.of("0"), published("sales", "SELECT count(*) FROM orders WHERE id = 800"));
    assertEquals("delta", extract().path("mode").asText());
    assertPublished(orders, "orders");
  }

  /** One reads with its own Guava while the other, in the middle of a table, has another version of it. */
  @Test
  @Order(6)
  void anotherConnectorUsesAnotherGuavaAtTheSameTime() throws Exception {
    CountDownLatch reached = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    fake.storage().misbehave(row -> {
      reached.countDown();
      go.await();
      return null;
    });
    KIT.kit("start").ok();
    Thread reading = new Thread(() -> extract("--full", "--table", "orders"));
    reading.start();
    assertTrue(reached.await(60, TimeUnit.SECONDS));
    ConnectorJar.of("guava", "1.0.0").implementation(List.of(LibraryConnector.Guava.class, LibraryConnector.class))
        .yaml("name: guava\nversion: \"1.0.0\"\ncapabilities: [discover, read]\n")
        .library(Path.of(System.getProperty("kit.libraries"), "guava-31.1-jre.jar")).writeTo(KIT.deploy("guava.jar"));
    Await.until("the other one is read", () -> Files.exists(KIT.extracts().resolve("guava/extract.duckdb"))
        && published("guava", "SELECT word, version FROM library").equals(List.of("guava,31.1-jre")));
    assertTrue(reading.isAlive(), "the first one is still in its table");
    go.countDown();
    reading.join(TimeUnit.SECONDS.toMillis(60));
    assertFalse(reading.isAlive());
    fake.storage().misbehave(null);
    assertPublished(orders, "orders");
  }

  @FullOnly
  @Test
  @Order(7)
  void nothingIsLeftBehindWhenItIsRemoved() {
    KIT.kit("undeploy", "bigquery").ok();
    Await.until("it is gone", () -> !KIT.kit("explain", "sales").out().contains("READY"));
    KIT.kit("stop").ok();
    assertFalse(KIT.log().contains("KIT-1042"), KIT::log);
    assertFalse(KIT.log().contains("BEGIN PRIVATE") || KIT.log().contains("ya29."), "no secret in the log");
  }
}
