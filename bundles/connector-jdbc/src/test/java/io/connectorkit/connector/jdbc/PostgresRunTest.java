package io.connectorkit.connector.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.connectorkit.api.ConnectorException;
import io.connectorkit.api.Split;
import io.connectorkit.api.TableInfo;
import io.connectorkit.contract.ConnectorProbe;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the reads of one run have to do with each other: a probe is one run. */
class PostgresRunTest {

  private static PostgresServer server;

  private final JdbcConnector connector = new JdbcConnector();
  private ConnectorProbe probe;

  @BeforeAll
  static void start() {
    server = PostgresServer.start();
  }

  @AfterAll
  static void stop() {
    if (server != null) {
      server.close();
    }
  }

  @BeforeEach
  void setUp() {
    server.execute("DROP TABLE IF EXISTS a, b", "CREATE TABLE a (id int PRIMARY KEY, filler text)", "CREATE TABLE b (id int PRIMARY KEY, a int)",
        "INSERT INTO a SELECT i, repeat('x', 200) FROM generate_series(1, 1000) i", "INSERT INTO b VALUES (1, 1)");
    probe = probe(Map.of());
  }

  @AfterEach
  void tearDown() {
    probe.close();
  }

  private static ConnectorProbe probe(Map<String, ?> more) {
    return new ConnectorProbe(PostgresTypesTest.settings(server, more), Map.of());
  }

  private List<List<Object>> rows(String table) throws IOException {
    return probe.rows(connector, probe.table(connector, table), 1_000);
  }

  @Test
  void allTablesAreReadFromOneMomentAndTheNextRunFromALaterOne() throws IOException {
    assertEquals(1000, rows("a").size());
    server.execute("INSERT INTO a VALUES (2000, '')", "INSERT INTO b VALUES (2, 2000)");
    assertEquals("[[1, 1]]", rows("b").toString());
    try (ConnectorProbe next = probe(Map.of())) {
      assertEquals("[[1, 1], [2, 2000]]", next.rows(connector, next.table(connector, "b"), 10).toString());
    }
  }

  @Test
  void noConnectionIsLeftOverWhenARunHasEnded() throws IOException {
    rows("a");
    assertEquals("[[1]]", connections(), "the one that holds the snapshot");
    probe.close();
    long deadline = System.nanoTime() + 5_000_000_000L;
    while (!connections().equals("[[0]]") && System.nanoTime() < deadline) {
      Thread.onSpinWait();
    }
    assertEquals("[[0]]", connections());
    probe = probe(Map.of());
  }

  private static String connections() {
    return server.query("SELECT count(*) FROM pg_stat_activity WHERE application_name = 'connector-kit'").toString();
  }

  @Test
  void aTableThatIsTruncatedOrRewrittenMeanwhileFailsInsteadOfLookingEmpty() throws IOException {
    rows("b");
    TableInfo a = probe.table(connector, "a");
    server.execute("TRUNCATE a");
    String truncated = assertThrows(ConnectorException.class, () -> probe.rows(connector, a, 10)).getMessage();
    assertTrue(truncated.startsWith("table 'public.a' was truncated or rewritten while this run went on"), truncated);
    TableInfo b = probe.table(connector, "b");
    server.execute("ALTER TABLE b ALTER a TYPE bigint");
    assertTrue(assertThrows(ConnectorException.class, () -> probe.rows(connector, b, 10)).getMessage().contains("rewritten"));
  }

  @Test
  void aColumnThatIsAnotherOneSinceTheTablesWereListedFailsTheTable() {
    TableInfo b = probe.table(connector, "b");
    server.execute("ALTER TABLE b ALTER a TYPE bigint");
    String message = assertThrows(ConnectorException.class, () -> probe.rows(connector, b, 10)).getMessage();
    assertEquals("table 'public.b': column 'a' changed after the tables were listed; run again", message);
  }

  @Test
  void theServersDeathIsTransientAndTheNextReadIsFromANewMoment() throws IOException {
    try (ConnectorProbe cut = probe(Map.of("tables", Map.of("a", Map.of("pieces", 4))))) {
      TableInfo a = cut.table(connector, "a");
      List<Split> pieces = connector.splits(cut.request(a, 100));
      assertEquals(4, pieces.size());
      rows("b");
      server.kill();
      ConnectorException dead = assertThrows(ConnectorException.class, () -> rows("b"));
      assertEquals(ConnectorException.Kind.TRANSIENT, dead.kind());
      server.restart();
      assertEquals("[[1, 1]]", rows("b").toString());
      ConnectorException lost = assertThrows(ConnectorException.class, () -> connector.read(PieceOf.request(cut.request(a, 100), pieces.get(0))));
      assertEquals(ConnectorException.Kind.TRANSIENT, lost.kind());
      assertTrue(lost.getMessage().contains("snapshot of the other pieces"), lost.getMessage());
    }
  }

  @Test
  void whoMayNotReadATableDoesNotSeeIt() throws IOException {
    server.execute("DROP ROLE IF EXISTS guest", "CREATE ROLE guest LOGIN PASSWORD 'guest'", "GRANT SELECT (id) ON a TO guest");
    try (ConnectorProbe guest = probe(Map.of("user", "guest", "password", "guest"))) {
      assertEquals(List.of("a"), guest.discover(connector).stream().map(TableInfo::viewName).toList());
      assertEquals(1000, guest.rows(connector, guest.table(connector, "a"), 1_000).size());
    }
    try (ConnectorProbe stranger = probe(Map.of("user", "guest", "password", "wrong"))) {
      ConnectorException refused = assertThrows(ConnectorException.class, () -> stranger.discover(connector));
      assertEquals(ConnectorException.Kind.AUTHENTICATION, refused.kind());
    }
    server.execute("DROP OWNED BY guest", "DROP ROLE guest");
  }
}
