package io.connectorkit.connector.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.connectorkit.api.ConnectorException;
import io.connectorkit.api.TableInfo;
import io.connectorkit.contract.ConnectorProbe;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Every type of PostgreSQL, value by value. */
class PostgresTypesTest {

  private static final JdbcConnector CONNECTOR = new JdbcConnector();
  private static PostgresServer server;

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

  static Map<String, Object> settings(PostgresServer server, Map<String, ?> more) {
    Map<String, Object> settings = new HashMap<>(Map.of("url", server.url(), "user", PostgresServer.USER, "password", PostgresServer.PASSWORD));
    settings.putAll(more);
    return settings;
  }

  /** The columns of a table, and its rows as text. */
  private static String read(String table, Map<String, ?> options) throws IOException {
    try (ConnectorProbe probe = new ConnectorProbe(settings(server, options.isEmpty() ? Map.of() : Map.of("tables", Map.of(table, options))), Map.of())) {
      TableInfo info = probe.table(CONNECTOR, table);
      return probe.rows(CONNECTOR, info, 2).toString();
    }
  }

  private static String type(String table, String column) {
    try (ConnectorProbe probe = new ConnectorProbe(settings(server, Map.of()), Map.of())) {
      return probe.table(CONNECTOR, table).schema().findField(column).toString();
    }
  }

  @Test
  void numbersKeepEveryDigit() throws IOException {
    server.execute("CREATE TABLE numbers (a int2, b int4, c int8, d float4, e float8, f numeric(10, 2), g numeric(38, 10), h numeric, i numeric(50, 1),"
        + " j numeric(3, -2), k money, l oid, m numeric(18, 0))",
        "INSERT INTO numbers VALUES (-32768, -2147483648, -9223372036854775808, 'NaN', '-Infinity', -12345678.90, 1234567890123456789012345678.0123456789,"
        + " 0.00000000000000000000000000000000000000000000000001, 12345678901234567890123456789012345678901234567.8, 12345, '-12.34', 4294967295,"
        + " 999999999999999999), (32767, 2147483647, 9223372036854775807, 1.5, 4.9e-324, 0.01, 0, 1e30, 0.1, 500, '92233720368547758.07', 0, 10000),"
        + " (NULL, NULL, NULL, NULL, NULL, 99999999.99, -0.0000000001, NULL, NULL, NULL, NULL, NULL, -1)");
    assertEquals("[[-32768, -2147483648, -9223372036854775808, NaN, -Infinity, -12345678.90, 1234567890123456789012345678.0123456789,"
        + " 0.00000000000000000000000000000000000000000000000001, 12345678901234567890123456789012345678901234567.8, 12300, -12.34, -1,"
        + " 999999999999999999], [32767, 2147483647, 9223372036854775807, 1.5, 4.9E-324, 0.01, 0E-10, 1000000000000000000000000000000, 0.1, 500,"
        + " 92233720368547758.07, 0, 10000], [null, null, null, null, null, 99999999.99, -1E-10, null, null, null, null, null, -1]]",
        read("numbers", Map.of()));
    // The probe shows the largest one as -1.
    assertEquals("l: Int(32, false)", type("numbers", "l"));
    assertEquals("f: Decimal(10, 2, 128)", type("numbers", "f"));
    assertEquals("h: Utf8", type("numbers", "h"));
  }

  @Test
  void timesKeepEveryMicrosecond() throws IOException {
    server.execute("CREATE TABLE times (a date, b time, c timestamp, d timestamptz, e timetz, f interval)",
        "INSERT INTO times VALUES ('2026-01-31', '23:59:59.999999', '2026-01-31 23:59:59.999999', '2026-01-31 23:59:59.999999+05:30', '12:00:00.5+02',"
        + " '-1 year 3 days 04:05:06.000007'), ('0044-03-15 BC', '00:00', '1969-12-31 23:59:59.999999', '1582-10-14 00:00:00Z', NULL, '0')");
    assertEquals("[[2026-01-31, 23:59:59.999999, 2026-01-31T23:59:59.999999, 2026-01-31T18:29:59.999999Z, 12:00:00.5+02, P-12M3D PT4H5M6.000007S],"
        + " [-0043-03-15, 00:00, 1969-12-31T23:59:59.999999, 1582-10-14T00:00:00Z, null, P0D PT0S]]", read("times", Map.of()));
  }

  @Test
  void textsDocumentsAndBytesAreThemselves() throws IOException {
    server.execute("CREATE TYPE mood AS ENUM ('sad', 'o k')", "CREATE DOMAIN price AS numeric(8, 3) CHECK (VALUE >= 0)", "CREATE DOMAIN cheap AS price",
        "CREATE TABLE things (a text, b varchar(9), c char(3), d json, e jsonb, f uuid, g bytea, h mood, i cheap, j bit(3), k inet, l int4range,"
            + " m \"char\","
        + " n xml, o point)",
        "INSERT INTO things VALUES ('\u00e4\ud83d\ude00', '', 'x', '{\"a\":  1}', '{\"b\": 1, \"a\": 2}', '00112233-4455-6677-8899-aabbccddeeff',"
        + " '\\x00ff', 'o k', 1.5, '101', '10.0.0.1/8', '[1,5)', 'q', '<a/>', '(1,2)')");
    assertEquals("[[\u00e4\ud83d\ude00, , x  , {\"a\":  1}, {\"a\": 2, \"b\": 1}, 00112233445566778899aabbccddeeff, 00ff, o k, 1.500, 101,"
        + " 10.0.0.1/8, [1,5), q,"
        + " <a/>, (1,2)]]", read("things", Map.of()));
    assertEquals("i: Decimal(8, 3, 128)", type("things", "i"));
    assertTrue(type("things", "f").contains("FixedSizeBinary(16)"), type("things", "f"));
  }

  @Test
  void arraysAreLists() throws IOException {
    server.execute("CREATE TABLE lists (id int PRIMARY KEY, a int[], b text[], c numeric(6, 2)[], d timestamptz[], e numeric[], f uuid[])",
        "INSERT INTO lists VALUES (1, '{1,NULL,3}', '{\"a b\",NULL,\"\"}', '{1.25}', '{2026-01-01 00:00:00Z}', '{1e-30}', '{}'),"
        + " (2, NULL, '{}', NULL, NULL, NULL, NULL),"
        + " (3, '[5:6]={7,8}', '{x}', '{-1,2}', '{}', '{}', '{00112233-4455-6677-8899-aabbccddeeff}')");
    assertEquals("[[1, [1, null, 3], [a b, null, ], [1.25], [1767225600000000], [0.000000000000000000000000000001], []],"
        + " [2, null, [], null, null, null, null], [3, [7, 8], [x], [-1.00, 2.00], [], [], [00112233445566778899aabbccddeeff]]]", read("lists", Map.of()));
  }

  /** More text in the lists of a batch than is gathered before it goes into the vector. */
  @Test
  void longListsOfTextKeepEveryItem() throws IOException {
    server.execute("CREATE TABLE listed AS SELECT CASE WHEN i % 4 > 0 THEN ARRAY['item ' || i, NULL, repeat('\u00e4', CASE WHEN i % 900 = 1 THEN 20000"
        + " ELSE i % 50 END)] END AS texts FROM generate_series(1, 5000) i");
    try (ConnectorProbe probe = new ConnectorProbe(settings(server, Map.of()), Map.of())) {
      List<List<Object>> rows = probe.rows(CONNECTOR, probe.table(CONNECTOR, "listed"), 2_000);
      assertEquals(5_000, rows.size());
      for (int i = 1; i <= rows.size(); i++) {
        Object expected = i % 4 > 0 ? Arrays.asList("item " + i, null, "\u00e4".repeat(i % 900 == 1 ? 20_000 : i % 50)) : null;
        assertEquals(Arrays.asList(expected), rows.get(i - 1));
      }
    }
  }

  @Test
  void longTablesKeepTheirGapsFromBatchToBatch() throws IOException {
    server.execute("CREATE TABLE gaps AS SELECT CASE WHEN i % 3 > 0 THEN i END AS a, CASE WHEN i % 5 > 0 THEN i % 2 = 0 END AS b,"
        + " CASE WHEN i % 7 > 0 THEN repeat('\u00e4', CASE WHEN i % 1000 = 1 THEN 20000 ELSE i % 10 END) END AS c,"
        + " CASE WHEN i % 4 > 0 THEN ARRAY[i, NULL, -i] END AS d FROM generate_series(1, 7000) i");
    try (ConnectorProbe probe = new ConnectorProbe(settings(server, Map.of()), Map.of())) {
      List<List<Object>> rows = probe.rows(CONNECTOR, probe.table(CONNECTOR, "gaps"), 3_000);
      assertEquals(7_000, rows.size());
      for (int i = 1; i <= rows.size(); i++) {
        assertEquals(Arrays.asList(i % 3 > 0 ? i : null, i % 5 > 0 ? i % 2 == 0 : null,
            i % 7 > 0 ? "\u00e4".repeat(i % 1000 == 1 ? 20_000 : i % 10) : null, i % 4 > 0 ? Arrays.asList(i, null, -i) : null), rows.get(i - 1));
      }
    }
  }

  @Test
  void whatATypeDoesNotHoldIsRefusedWithRowAndColumnUnlessItComesAsText() throws IOException {
    server.execute("CREATE TABLE odd (id int, a date, b timestamptz, c numeric(5, 2), d time, e int[])",
        "INSERT INTO odd VALUES (1, '2026-01-01', now(), 1, '00:00', '{1}'), (2, 'infinity', NULL, NULL, NULL, NULL)");
    assertTrue(refusal("odd").startsWith("table 'public.odd', row 2, column 'a': infinity is no date; have it come as text: tables:"), refusal("odd"));
    server.execute("UPDATE odd SET a = NULL, b = '-infinity' WHERE id = 2");
    assertTrue(refusal("odd").contains("row 2, column 'b': -infinity is no date"), refusal("odd"));
    server.execute("UPDATE odd SET b = NULL, c = 'NaN' WHERE id = 2");
    assertTrue(refusal("odd").contains("row 2, column 'c': NaN is no decimal(5, 2)"), refusal("odd"));
    server.execute("UPDATE odd SET c = NULL, d = '24:00' WHERE id = 2");
    assertTrue(refusal("odd").contains("row 2, column 'd': 24:00:00 is no time of a day"), refusal("odd"));
    server.execute("UPDATE odd SET d = NULL, e = '{{1,2},{3,4}}' WHERE id = 2");
    assertTrue(refusal("odd").contains("row 2, column 'e': an array of 2 dimensions is no list"), refusal("odd"));
    server.execute("UPDATE odd SET a = 'infinity', b = NULL, c = 'NaN' WHERE id = 2");
    Map<String, ?> texts = Map.of("types", Map.of("a", "text", "b", "text", "c", "text", "e", "text"));
    assertTrue(read("odd", texts).endsWith("[2, infinity, null, NaN, null, {{1,2},{3,4}}]]"));
  }

  @Test
  void aNumericWithoutPrecisionIsADecimalWhereTheOperatorSaysSoAndEveryValueFits() throws IOException {
    server.execute("CREATE TABLE sums (id int, n numeric)", "INSERT INTO sums VALUES (1, 1.25), (2, -3)");
    Map<String, ?> options = Map.of("types", Map.of("n", "decimal(10, 2)"));
    assertEquals("[[1, 1.25], [2, -3.00]]", read("sums", options));
    server.execute("INSERT INTO sums VALUES (3, 0.001)");
    String refusal = assertThrows(ConnectorException.class, () -> read("sums", options)).getMessage();
    assertTrue(refusal.startsWith("table 'public.sums', row 3, column 'n': 0.001 is no decimal(10, 2)"), refusal);
  }

  private static String refusal(String table) {
    return assertThrows(ConnectorException.class, () -> read(table, Map.of())).getMessage();
  }
}
