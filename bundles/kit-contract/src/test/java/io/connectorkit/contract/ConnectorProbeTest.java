package io.connectorkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.connectorkit.api.BatchSource;
import io.connectorkit.api.ConnectorException;
import io.connectorkit.api.Reads;
import io.connectorkit.api.TableInfo;
import io.connectorkit.api.Types;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ConnectorProbeTest {

  private static final TableInfo TABLE = TableInfo.table("t").key("id").column("id", Types.int64()).column("name", Types.text())
      .column("day", Types.date()).column("at", Types.instant()).build();
  private static final Instant AT = Instant.parse("2026-01-31T23:59:59.123456Z");

  private final Reads rows = request -> BatchSource.rows(request,
      Stream.of(new Object[] {1L, "one", LocalDate.EPOCH, AT}, new Object[] {2L, null, null, null}));
  private final Reads query = request -> BatchSource.query(
      "SELECT i AS id, CASE WHEN i = 1 THEN ? END AS name, CASE WHEN i = 1 THEN DATE '1970-01-01' END AS day,"
          + " CASE WHEN i = 1 THEN TIMESTAMPTZ '2026-01-31 23:59:59.123456Z' END AS at FROM range(1, ?) r(i)", "one", 3);

  @Test
  void readsBatchesAndQueriesToTheSameRows() throws Exception {
    try (ConnectorProbe probe = new ConnectorProbe(Map.of(), Map.of())) {
      List<List<Object>> expected = List.of(List.of(1L, "one", LocalDate.EPOCH, AT), Arrays.asList(2L, null, null, null));
      assertEquals(expected, probe.rows(rows, TABLE, 1));
      assertEquals(expected, probe.rows(query, TABLE, 1000));
      assertEquals(2L, probe.query(rows, TABLE, 1, "SELECT count(*) AS n FROM t").get(0).get("n"));
      assertEquals(2L, probe.query(query, TABLE, 1, "SELECT count(*) AS n FROM t").get(0).get("n"));
    }
  }

  @Test
  void describesAndSelectsThroughDuckDb() {
    try (ConnectorProbe probe = new ConnectorProbe(Map.of(), Map.of())) {
      var words = BatchSource.query("SELECT unnest(?) AS word", List.of("a", "b"));
      assertEquals(Types.text(), probe.context().describe(words).findField("word").getType());
      assertEquals(List.of(Map.of("word", "a"), Map.of("word", "b")), probe.context().select(words));
      var tooMany = BatchSource.query("SELECT * FROM range(10001)");
      assertThrows(ConnectorException.class, () -> probe.context().select(tooMany));
      assertThrows(ConnectorException.class, () -> probe.context().describe(BatchSource.query("SELECT nothing")));
    }
  }

  @Test
  void refusesColumnsOtherThanDeclared() {
    try (ConnectorProbe probe = new ConnectorProbe(Map.of(), Map.of())) {
      Reads other = request -> BatchSource.query("SELECT 1 AS id");
      assertTrue(assertThrows(IllegalStateException.class, () -> probe.rows(other, TABLE, 1)).getMessage().contains("'t'"));
    }
  }

  @Test
  void passesOnWhatAReaderSaysThroughDuckDb() {
    try (ConnectorProbe probe = new ConnectorProbe(Map.of(), Map.of())) {
      Reads failing = request -> BatchSource.rows(request, Stream.generate(() -> new Object[] {"no number", null, null, null}));
      var failure = assertThrows(IOException.class, () -> probe.query(failing, TABLE, 1, "SELECT * FROM t"));
      assertTrue(failure.getMessage().contains("no number"), failure.getMessage());
    }
  }

  @Test
  void failsOnCloseIfMemoryIsLeft() {
    var probe = new ConnectorProbe(Map.of(), Map.of());
    probe.context().allocator().buffer(8);
    assertThrows(IllegalStateException.class, probe::close);
  }

  @Test
  void cancelsReadersAndRunsActionsOnce() {
    try (ConnectorProbe probe = new ConnectorProbe(Map.of(), Map.of())) {
      var calls = new AtomicInteger();
      probe.context().cancellation().onCancel(calls::incrementAndGet);
      probe.cancel();
      probe.cancel();
      assertEquals(1, calls.get());
      assertThrows(CancellationException.class, () -> probe.rows(rows, TABLE, 1));
    }
  }
}
