package io.connectorkit.declarative;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.connectorkit.api.ConnectorException;
import io.connectorkit.declaration.ConnectorYaml;
import io.connectorkit.declaration.SourceTable;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.text.MessageFormat;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.ResourceBundle;
import org.junit.jupiter.api.Test;

class RecordsTest {

  private static final SourceTable TABLE = ConnectorYaml.read(new ByteArrayInputStream("""
      name: acme
      version: "1.0.0"
      capabilities: [discover, read]
      http: {base_url: "http://x"}
      source:
        tables:
          orders:
            path: /orders
            records: items
            columns:
              id: int64
              city: {type: text, path: address.city}
              town: {type: text, path: address.town}
      """.getBytes(StandardCharsets.UTF_8)), "c.yaml").source().orElseThrow().tables().get(0);

  private final List<String> logged = new ArrayList<>();

  /** Remembers what is logged. */
  private final class Log implements System.Logger {

    @Override
    public String getName() {
      return "test";
    }

    @Override
    public boolean isLoggable(Level level) {
      return true;
    }

    @Override
    public void log(Level level, ResourceBundle bundle, String message, Throwable thrown) {
      logged.add(message);
    }

    @Override
    public void log(Level level, ResourceBundle bundle, String format, Object... parameters) {
      logged.add(level + " " + MessageFormat.format(format, parameters));
    }
  }

  private Records records(Iterator<List<Map<String, Object>>> pages) {
    return new Records(TABLE, pages, new Log());
  }

  @Test
  void fieldsComeOutOfNestedRecordsAndAPathThatNoneHasIsTold() {
    Records records = records(List.of(List.<Map<String, Object>>of(Map.of("id", 1L)),
        List.<Map<String, Object>>of(Map.of("id", 2L, "address", Map.of("city", "Bergen"), "more", true))).iterator());
    assertEquals(List.of(Map.of("id", 1L)), records.next());
    assertEquals(List.of(Map.of("id", 2L, "city", "Bergen")), records.next());
    assertEquals(false, records.hasNext());
    assertEquals(List.of("WARNING no record of table 'orders' has 'address.town': its column stays null; META-INF/connector.yaml, line 13:"
        + " source.tables.orders.columns.town names the path"), logged);
    records.hasNext();
    assertEquals(1, logged.size());
  }

  @Test
  void anEmptyTableTellsNothing() {
    assertEquals(false, records(List.<List<Map<String, Object>>>of().iterator()).hasNext());
    assertEquals(List.of(), logged);
  }

  @Test
  void aFailureThatWillStayLeadsToItsLines() {
    for (ConnectorException failure : List.of(ConnectorException.permanent("no such thing", null), ConnectorException.transientFailure("later", null, null))) {
      ConnectorException told = assertThrows(ConnectorException.class, () -> records(new Iterator<>() {
        @Override
        public boolean hasNext() {
          throw failure;
        }

        @Override
        public List<Map<String, Object>> next() {
          return List.of();
        }
      }).hasNext());
      if (failure.kind() == ConnectorException.Kind.TRANSIENT) {
        assertSame(failure, told);
      } else {
        assertEquals("no such thing; see META-INF/connector.yaml, line 8: source.tables.orders.path, and line 9: source.tables.orders.records",
            told.getMessage());
      }
    }
  }

  @Test
  void aValueThatIsRefusedLeadsToTheLineOfItsColumn() {
    Records records = records(List.<List<Map<String, Object>>>of().iterator());
    assertEquals("META-INF/connector.yaml, line 11: source.tables.orders.columns.id is int64; correct the type", records.remedy("id"));
    assertTrue(records.remedy("city").endsWith("line 12: source.tables.orders.columns.city is text; correct the type or the path"));
    assertEquals("", records.remedy("other"));
  }
}
