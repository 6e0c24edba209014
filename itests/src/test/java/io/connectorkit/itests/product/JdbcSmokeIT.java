package io.connectorkit.itests.product;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.connectorkit.connector.jdbc.PostgresServer;
import io.connectorkit.itests.support.Await;
import io.connectorkit.itests.support.Database;
import io.connectorkit.itests.support.Folders;
import io.connectorkit.itests.support.FullOnly;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** A shop's database over some days: read, changed, read on, died under the reader, written back; and a database of another make. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class JdbcSmokeIT {

  private static final String COLUMNS = "id, customer, total, note, created, day, updated_at, paid";
  private static final String AS_TEXT = "id::text, customer::text, total::text, note, created::text, day::text, (extract(epoch FROM updated_at) *"
        + " 1000000)::bigint::text,"
      + " paid::text";
  private static final KitProcess KIT = KitProcess.of(JdbcSmokeIT.class);
  private static PostgresServer server;

  @BeforeAll
  static void aShop() {
    server = PostgresServer.start();
    server.execute("CREATE TABLE orders (id bigint PRIMARY KEY, customer uuid NOT NULL, total numeric(12, 2), note text, created timestamp, day date,"
            + " updated_at timestamptz NOT NULL, paid boolean, gone boolean NOT NULL DEFAULT false)",
        "INSERT INTO orders SELECT i, md5(i::text)::uuid, i * 1.01, CASE WHEN i % 5 > 0 THEN 'n\u00e4 ' || i END, '2026-01-01'::timestamp + i * '1"
        + " hour'::interval,"
            + " '2026-01-01'::date + i % 400, '2026-01-01Z'::timestamptz + i * '1 second 1 microsecond'::interval, i % 2 = 0 FROM generate_series(1, 5000) i",
        "CREATE TABLE lines (id int PRIMARY KEY, order_id bigint, tags text[])", "INSERT INTO lines SELECT i, i % 5000, ARRAY['a', NULL] FROM"
        + " generate_series(1, 100) i");
    KIT.with("JDBC_PASSWORD", PostgresServer.PASSWORD);
    Folders.write(KIT.home().resolve("etc/connectors/shop.yaml"), """
        connector: jdbc
        writes: [lines]
        config:
          url: %s
          user: %s
          tables:
            orders: {incremental: updated_at, deleted: gone}
        """.formatted(server.url(), PostgresServer.USER));
    KIT.kit("deploy", "jdbc").ok();
  }

  @AfterAll
  static void end() {
    KIT.close();
    if (server != null) {
      server.close();
    }
  }

  /** Runs the instance; gives the outcome of a table. */
  private static JsonNode extracted(String instance, String table, String... more) {
    String[] command = java.util.stream.Stream.concat(java.util.stream.Stream.of("extract", instance, "--json"), java.util.stream.Stream.of(more))
        .toArray(String[]::new);
    KitProcess.Result result = KIT.kit(command);
    assertEquals(0, result.exit(), result.out() + result.err());
    for (JsonNode each : result.json().path("tables")) {
      if (each.path("table").asText().equals(table)) {
        return each;
      }
    }
    throw new AssertionError(table + " in " + result.out());
  }

  private static List<List<String>> here(String instance, String sql) {
    return Database.query(KIT.extracts().resolve(instance).resolve("extract.duckdb"), sql);
  }

  private static void assertSameOrders() {
    List<List<String>> there = server.query("SELECT " + AS_TEXT + " FROM orders WHERE NOT gone ORDER BY orders.id");
    List<List<String>> here = here("shop", "SELECT " + AS_TEXT.replace("(extract(epoch FROM updated_at) * 1000000)::bigint", "epoch_us(updated_at)")
        + " FROM orders ORDER BY orders.id");
    assertEquals(there.size(), here.size());
    for (int i = 0; i < there.size(); i++) {
      assertEquals(there.get(i), here.get(i), COLUMNS);
    }
  }

  @Test
  @Order(1)
  void theFirstLoadHasEveryValue() {
    assertEquals(5000, extracted("shop", "orders").path("rows").asLong());
    assertSameOrders();
    assertEquals("[[100, 100]]", here("shop", "SELECT count(*), count(*) FILTER (WHERE tags = ['a', NULL]) FROM lines").toString());
  }

  @Test
  @Order(2)
  void anIncrementBringsChangesNewRowsAndDeletions() {
    server.execute("UPDATE orders SET total = total + 0.01, updated_at = '2026-02-01Z' WHERE id % 100 = 0",
        "UPDATE orders SET gone = true, updated_at = '2026-02-02Z' WHERE id IN (1, 2, 3)",
        "INSERT INTO orders SELECT i, md5(i::text)::uuid, -1, '', NULL, NULL, '2026-02-02Z', NULL FROM generate_series(6001, 6010) i");
    extracted("shop", "orders");
    assertSameOrders();
    server.execute("DELETE FROM orders WHERE id < 10");
    extracted("shop", "orders");
    assertEquals("6", here("shop", "SELECT count(*) FROM orders WHERE id < 10").get(0).get(0), "what is really deleted is seen by a full read");
    extracted("shop", "orders", "--full");
    assertSameOrders();
  }

  @FullOnly
  @Test
  @Order(3)
  void changedColumnsComeWithTheNextRun() {
    server.execute("ALTER TABLE orders ADD COLUMN channel text", "UPDATE orders SET channel = 'web', updated_at = '2026-03-01Z' WHERE id = 20",
        "ALTER TABLE lines ALTER id TYPE bigint");
    extracted("shop", "orders");
    assertSameOrders();
    assertEquals("[[20]]", here("shop", "SELECT id FROM orders WHERE channel = 'web'").toString());
    assertEquals("BIGINT", here("shop", "SELECT typeof(id) FROM lines LIMIT 1").get(0).get(0));
  }

  @FullOnly
  @Test
  @Order(4)
  void aServerThatDiesUnderAReadIsReadAgain() throws Exception {
    server.execute("CREATE VIEW slow AS SELECT i AS id, pg_sleep(0.002)::text AS nothing FROM generate_series(1, 1500) i");
    CompletableFuture<JsonNode> run = CompletableFuture.supplyAsync(() -> extracted("shop", "slow"), work -> new Thread(work, "run").start());
    Await.until("the read of slow goes on", () -> !server.query("SELECT 1 FROM pg_stat_activity WHERE state = 'active' AND query LIKE 'COPY%slow%'").isEmpty());
    server.kill();
    server.restart();
    assertEquals(1500, run.join().path("rows").asLong());
    assertEquals("[[1500, 1125750]]", here("shop", "SELECT count(*), sum(id) FROM slow").toString());
    assertSameOrders();
    assertEquals(List.of(), server.query("SELECT 1 FROM pg_stat_activity WHERE application_name = 'connector-kit'"), "no snapshot is held after a run");
  }

  @FullOnly
  @Test
  @Order(5)
  void rowsAreWrittenBackOnceAndOnlyWhereThatIsAllowed() {
    String query = "SELECT 1::BIGINT AS id, 77::BIGINT AS order_id UNION ALL SELECT 5000, 78";
    KIT.kit("write", "shop", "lines", "--mode", "upsert", "--query", query, "--id", "monday").ok();
    KIT.kit("write", "shop", "lines", "--mode", "upsert", "--query", query, "--id", "monday").ok();
    assertEquals("[[1, 77, {a,NULL}], [5000, 78, null]]", server.query("SELECT id, order_id, tags FROM lines WHERE id IN (1, 5000) ORDER BY id").toString());
    assertTrue(KIT.kit("write", "shop", "orders", "--mode", "delete", "--query", "SELECT 20::BIGINT AS id").err().startsWith("KIT-3040"));
  }

  @Test
  @Order(6)
  void anyDatabaseWillDoWhoseDriverLiesInTheInstancesFolder() throws Exception {
    String url = "jdbc:h2:file:" + KIT.home().resolve("data/stock");
    Folders.write(KIT.home().resolve("etc/connectors/stock.yaml"), "connector: jdbc\nconfig:\n  url: '" + url + "'\n");
    KitProcess.Result absent = KIT.kit("extract", "stock");
    assertTrue(absent.err().contains("no driver for jdbc:h2:; put its jar into"), absent.err());
    Path driver = Path.of(org.h2.Driver.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    Path lib = Files.createDirectories(KIT.home().resolve("etc/connectors/stock/lib"));
    Files.copy(driver, lib.resolve("h2.jar"));
    try (Connection connection = new org.h2.Driver().connect(url, new Properties()); Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE items (id INT PRIMARY KEY, price DECIMAL(9, 3), seen TIMESTAMP WITH TIME ZONE)");
      statement.execute("INSERT INTO items SELECT x, x * 0.001, TIMESTAMP WITH TIME ZONE '2026-01-01 00:00:00+00' + x * INTERVAL '1' SECOND"
          + " FROM system_range(1, 1000)");
    }
    assertEquals(1000, extracted("stock", "items").path("rows").asLong());
    assertEquals("[[1000, 500.500, 1767226600000000]]", here("stock", "SELECT count(*), sum(\"PRICE\"), max(epoch_us(\"SEEN\")) FROM items").toString());
  }

  @Test
  @Order(7)
  void theProductsOwnJudgeFindsNothingAgainstIt() {
    assumeTrue(Boolean.getBoolean("kit.full"), "the module's own build has run the contract; with -Pfull it is run here too, and looks for what is left");
    KitProcess.Result judged = KIT.kit("connector", "test", "shop");
    assertEquals(0, judged.exit(), judged.out() + judged.err());
  }
}
