package io.connectorkit.connector.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.connectorkit.api.ConnectorException;
import io.connectorkit.api.Filter;
import io.connectorkit.api.ReadRequest;
import io.connectorkit.api.Split;
import io.connectorkit.api.TableInfo;
import io.connectorkit.api.Watermark;
import io.connectorkit.api.WriteMode;
import io.connectorkit.contract.ConnectorProbe;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.h2.util.OsgiDataSourceFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A database that is not PostgreSQL, whose driver another bundle brings: H2. */
class AnyDatabaseTest {

  @TempDir
  private Path folder;

  private final JdbcConnector connector = new JdbcConnector(new OsgiDataSourceFactory(new org.h2.Driver()));

  private String url() {
    return "jdbc:h2:file:" + folder.resolve("shop");
  }

  private void execute(String... statements) {
    try (Connection connection = new org.h2.Driver().connect(url(), new java.util.Properties()); Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  private ConnectorProbe probe(Map<String, ?> more) {
    Map<String, Object> settings = new HashMap<>(Map.of("url", url()));
    settings.putAll(more);
    return new ConnectorProbe(settings, Map.of());
  }

  private List<List<Object>> rows(Map<String, ?> more, String table) throws IOException {
    try (ConnectorProbe probe = probe(more)) {
      return probe.rows(connector, probe.table(connector, table), 2);
    }
  }

  @BeforeEach
  void aTable() {
    execute("CREATE TABLE orders (id INT PRIMARY KEY, total DECIMAL(10, 2) NOT NULL, changed TIMESTAMP)",
        "INSERT INTO orders SELECT x, x * 1.5, TIMESTAMP '2026-01-01 00:00:00' + x * INTERVAL '1' MINUTE FROM system_range(1, 100)");
  }

  @AfterEach
  void endTheDatabase() {
    execute("SHUTDOWN");
  }

  @Test
  void everyTypeIsExactOrText() throws IOException {
    execute("CREATE TABLE types (a TINYINT, b SMALLINT, c BIGINT, d REAL, e DOUBLE PRECISION, f DECIMAL(38, 10), g NUMERIC(60, 2), h DECFLOAT, i"
        + " BOOLEAN, j DATE,"
        + " k TIME(6), l TIME(9), m TIMESTAMP(9), n TIMESTAMP WITH TIME ZONE, o CHAR(3), p CLOB, q VARBINARY(9), r UUID, s JSON, t INT ARRAY, u"
        + " INTERVAL DAY TO SECOND,"
        + " v ENUM('x', 'y'))",
        "INSERT INTO types VALUES (-128, -32768, -9223372036854775808, 1.5, 4.9E-324, 1234567890123456789012345678.0123456789, 1e50, 1e-40, TRUE,"
        + " '-0043-03-15',"
        + " '23:59:59.999999', '23:59:59.999999999', '1969-12-31 23:59:59.999999999', '2026-01-31 23:59:59.999999+05:30', 'x', '\u00e4\ud83d\ude00', X'00ff',"
        + " '00112233-4455-6677-8899-aabbccddeeff', JSON '{\"a\": 1}', ARRAY[1, NULL], INTERVAL '1 2:03:04.5' DAY TO SECOND, 'y')",
        "INSERT INTO types (a) VALUES (NULL)");
    assertEquals("[[-128, -32768, -9223372036854775808, 1.5, 4.9E-324, 1234567890123456789012345678.0123456789,"
        + " 100000000000000000000000000000000000000000000000000.00, 1E-40, true, -0043-03-15, 23:59:59.999999, 23:59:59.999999999,"
        + " 1969-12-31T23:59:59.999999999, 2026-01-31T18:29:59.999999Z, x  , \u00e4\ud83d\ude00, 00ff, 00112233-4455-6677-8899-aabbccddeeff,"
        + " {\"a\":1}, [1, null],"
        + " INTERVAL '1 02:03:04.5' DAY TO SECOND, y], " + java.util.Collections.nCopies(22, null) + "]", rows(Map.of(), "types").toString());
  }

  @Test
  void tablesOfOtherSchemasHaveTheSchemaInTheirName() throws IOException {
    execute("CREATE SCHEMA crm", "CREATE TABLE crm.\"Odd.Name\" (\"a\"\"b\" INT)", "INSERT INTO crm.\"Odd.Name\" VALUES (5)", "CREATE VIEW big AS"
        + " SELECT id FROM orders");
    try (ConnectorProbe probe = probe(Map.of())) {
      assertEquals(List.of("big", "crm_odd_name", "orders"), probe.discover(connector).stream().map(TableInfo::viewName).sorted().toList());
      assertEquals("[[5]]", probe.rows(connector, probe.table(connector, "crm_odd_name"), 9).toString());
    }
    try (ConnectorProbe probe = probe(Map.of("schemas", List.of("PUBLIC"), "exclude", List.of("b*")))) {
      assertEquals(List.of("orders"), probe.discover(connector).stream().map(TableInfo::viewName).toList());
    }
  }

  @Test
  void rangesOfTheKeyTogetherAreTheTable() throws IOException {
    try (ConnectorProbe probe = probe(Map.of("tables", Map.of("orders", Map.of("pieces", 3))))) {
      ReadRequest whole = probe.request(probe.table(connector, "orders"), 1_000);
      List<Split> pieces = connector.splits(whole);
      assertEquals(List.of("range::35", "range:35:69", "range:69:"), pieces.stream().map(Split::text).toList());
      execute("INSERT INTO orders VALUES (-5, 0, NULL), (500, 0, NULL)");
      int rows = 0;
      for (Split piece : pieces) {
        rows += count(PieceOf.request(whole, piece));
      }
      assertEquals(102, rows);
    }
  }

  private int count(ReadRequest request) throws IOException {
    try (ArrowReader reader = ((io.connectorkit.api.BatchSource.Batches) connector.read(request)).reader()) {
      int rows = 0;
      while (reader.loadNextBatch()) {
        rows += reader.getVectorSchemaRoot().getRowCount();
      }
      return rows;
    }
  }

  @Test
  void aWatermarkAndFiltersAreLeftToTheDatabase() throws IOException {
    try (ConnectorProbe probe = probe(Map.of("tables", Map.of("*", Map.of("incremental", "CHANGED"))))) {
      ReadRequest whole = probe.request(probe.table(connector, "orders"), 1_000);
      Watermark half = new Watermark(java.time.LocalDateTime.parse("2026-01-01T00:51:00"));
      assertEquals(50, count(new PieceOf(whole, Split.WHOLE, Optional.of(half), List.of())));
      assertEquals(1, count(new PieceOf(whole, Split.WHOLE, Optional.of(half),
          List.of(new Filter("TOTAL", Filter.Operator.EQ, List.of(new BigDecimal("90.00")))))));
      assertEquals(0, count(new PieceOf(whole, Split.WHOLE, Optional.empty(), List.of(new Filter("CHANGED", Filter.Operator.IS_NULL, List.of())))));
    }
  }

  @Test
  void rowsAreWrittenAndRefusedAsInAnyOtherDatabase() throws IOException {
    try (ConnectorProbe probe = probe(Map.of())) {
      List<String> columns = List.of("ID", "TOTAL");
      Object[][] rows = {{100, new BigDecimal("1.25")}, {101, null}, {102, BigDecimal.TEN}};
      var first = TestWrite.write(probe, connector, "orders", WriteMode.UPSERT, false, "k", columns, rows);
      assertEquals(List.of(1), first.refused().stream().map(row -> row.row()).toList());
      assertEquals(first, TestWrite.write(probe, connector, "orders", WriteMode.UPSERT, false, "k", columns, rows));
      assertEquals("[[1.25], [10.00]]", probe.query(connector, probe.table(connector, "orders"), 50, "SELECT \"TOTAL\" FROM t WHERE \"ID\" >= 100"
        + " ORDER BY \"ID\"")
          .stream().map(row -> List.copyOf(row.values())).toList().toString());
    }
  }

  @Test
  void whatIsWrongInTheSettingsIsSaid() {
    assertTrue(refusal(Map.of("tables", Map.of("orders", Map.of("incremental", "id")))).contains("incremental is [id], and the columns are [ID,"
        + " TOTAL, CHANGED]"));
    assertTrue(refusal(Map.of("tables", Map.of("orders", Map.of("key", List.of("ID"), "keys", 1)))).contains("'keys' is none of"));
    assertTrue(refusal(Map.of("tables", Map.of("orders", Map.of("types", Map.of("TOTAL", "float"))))).contains("can be text or decimal(precision, scale)"));
    assertTrue(refusal(Map.of("url", "jdbc:h2:mem:x;PASSWORD=geheim")).contains("setting 'url' holds a password"));
    assertTrue(refusal(Map.of("url", "jdbc:nosuch://host/x")).startsWith("no driver for jdbc:nosuch:; put its jar into "));
  }

  private String refusal(Map<String, ?> more) {
    try (ConnectorProbe probe = probe(more)) {
      return assertThrows(ConnectorException.class, () -> probe.discover(connector)).getMessage();
    }
  }

  @Test
  void aBrokenJarAmongTheDriversIsNamed() throws IOException {
    Files.createDirectories(folder.resolve("lib"));
    Files.writeString(folder.resolve("lib/driver.jar"), "no jar");
    try (ConnectorProbe probe = new ConnectorProbe(Map.of("url", "jdbc:nosuch:x"), Map.of(), folder)) {
      assertTrue(assertThrows(ConnectorException.class, () -> probe.discover(connector)).getMessage().startsWith("no driver for jdbc:nosuch:"));
    }
  }
}
