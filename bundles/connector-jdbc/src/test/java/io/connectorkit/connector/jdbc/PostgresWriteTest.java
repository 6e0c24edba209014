package io.connectorkit.connector.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.connectorkit.api.ConnectorException;
import io.connectorkit.api.WriteMode;
import io.connectorkit.api.WriteResult;
import io.connectorkit.contract.ConnectorProbe;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Rows go back into PostgreSQL: each once, whatever is sent twice. */
class PostgresWriteTest {

  private static final List<String> COLUMNS = List.of("id", "name", "total");
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
    server.execute("DROP TABLE IF EXISTS shop", "DROP TABLE IF EXISTS connectorkit_writes",
        "CREATE TABLE shop (id int PRIMARY KEY, name text NOT NULL UNIQUE, total numeric(8, 2) DEFAULT 7 CHECK (total >= 0), at timestamptz, tags text[],"
            + " mood uuid)", "INSERT INTO shop (id, name, total) VALUES (1, 'one', 1), (2, 'two', 2)");
    probe = new ConnectorProbe(PostgresTypesTest.settings(server, Map.of("tables", Map.of("shop", Map.of("types", Map.of("mood", "text"))))), Map.of());
  }

  @AfterEach
  void tearDown() {
    probe.close();
  }

  private WriteResult write(WriteMode mode, String key, List<String> columns, Object[]... rows) throws IOException {
    return TestWrite.write(probe, connector, "shop", mode, false, key, columns, rows);
  }

  private static Object[] row(Object... values) {
    return values;
  }

  private static String shop() {
    return server.query("SELECT id, name, total FROM shop ORDER BY id").toString();
  }

  @Test
  void anUpsertReplacesWhatIsThereAndAddsWhatIsNot() throws IOException {
    WriteResult result = write(WriteMode.UPSERT, "k1", COLUMNS, row(2, "TWO", new BigDecimal("2.50")), row(3, "three", null));
    assertEquals(List.of(), result.refused());
    assertEquals("[[1, one, 1.00], [2, TWO, 2.50], [3, three, null]]", shop());
    write(WriteMode.UPSERT, "k2", List.of("id", "name"), row(2, "deux"), row(4, "four"));
    assertEquals("[[1, one, 1.00], [2, deux, 2.50], [3, three, null], [4, four, 7.00]]", shop(),
        "a column that is not given keeps its value or gets its default");
  }

  @Test
  void rowsThatTheDatabaseRefusesAreNamedAndTheOthersAreTaken() throws IOException {
    WriteResult result = write(WriteMode.APPEND, "k1", COLUMNS, row(3, "three", BigDecimal.ONE), row(1, "again", BigDecimal.ONE),
        row(4, "four", new BigDecimal("-1")), row(5, "five", BigDecimal.TEN), row(6, "two", BigDecimal.TEN));
    assertEquals(List.of(1, 2, 4), result.refused().stream().map(WriteResult.Refused::row).toList());
    assertTrue(result.refused().get(1).reason().contains("violates check constraint \"shop_total_check\""), result.toString());
    assertEquals("[[1, one, 1.00], [2, two, 2.00], [3, three, 1.00], [5, five, 10.00]]", shop());
  }

  @Test
  void aBatchThatComesTwiceCountsOnceAndHasTheSameAnswer() throws IOException {
    Object[][] rows = {row(3, "three", BigDecimal.ONE), row(1, "again", BigDecimal.ONE)};
    WriteResult first = write(WriteMode.APPEND, "k1", COLUMNS, rows);
    server.execute("DELETE FROM shop WHERE id = 1");
    assertEquals(first, write(WriteMode.APPEND, "k1", COLUMNS, rows));
    assertEquals("[[2, two, 2.00], [3, three, 1.00]]", shop());
    assertEquals(List.of(0), write(WriteMode.APPEND, "k2", COLUMNS, rows).refused().stream().map(WriteResult.Refused::row).toList(),
        "another key, another batch");
  }

  @Test
  void aDeleteTakesTheKeysThatAreThere() throws IOException {
    assertEquals(List.of(), write(WriteMode.DELETE, "k1", List.of("id"), row(1), row(99)).refused());
    assertEquals("[[2, two, 2.00]]", shop());
  }

  @Test
  void aDryRunRefusesTheSameRowsAndChangesNothing() throws IOException {
    WriteResult result = TestWrite.write(probe, connector, "shop", WriteMode.APPEND, true, "k1", COLUMNS, row(3, "three", BigDecimal.ONE), row(1, "x", null));
    assertEquals(List.of(1), result.refused().stream().map(WriteResult.Refused::row).toList());
    assertEquals("[[1, one, 1.00], [2, two, 2.00]]", shop());
    assertEquals("[[null]]", server.query("SELECT to_regclass('connectorkit_writes')").toString());
  }

  @Test
  void timesListsAndUuidsAreWrittenExactly() throws IOException {
    write(WriteMode.UPSERT, "k1", List.of("id", "name", "at", "tags", "mood"),
        row(1, "a", Instant.parse("2026-01-31T23:59:59.999999Z"), List.of("x\"y", "", "\\"),
        "00112233-4455-6677-8899-aabbccddeeff"));
    assertEquals("[[t, t, 00112233-4455-6677-8899-aabbccddeeff]]", server.query("SELECT at = '2026-01-31 23:59:59.999999Z',"
        + " tags = ARRAY['x\"y', '', '\\'], mood FROM shop WHERE id = 1").toString());
  }

  @Test
  void aThousandRowsTakeOneCallAndAFaultOfTheStatementIsNoRefusal() throws IOException {
    Object[][] rows = IntStream.range(10, 1_010).mapToObj(i -> row(i, "n" + i, BigDecimal.valueOf(i == 500 ? -1 : i))).toArray(Object[][]::new);
    assertEquals(List.of(490), write(WriteMode.UPSERT, "k1", COLUMNS, rows).refused().stream().map(WriteResult.Refused::row).toList());
    assertEquals("[[1001]]", server.query("SELECT count(*) FROM shop").toString());
    server.execute("ALTER TABLE shop ADD COLUMN made int GENERATED ALWAYS AS (id * 2) STORED");
    assertThrows(ConnectorException.class, () -> write(WriteMode.APPEND, "k3", List.of("id", "name", "made"), row(7000, "x", 1)));
    assertEquals("[[0]]", server.query("SELECT count(*) FROM connectorkit_writes WHERE batch_key = 'k3'").toString());
  }
}
