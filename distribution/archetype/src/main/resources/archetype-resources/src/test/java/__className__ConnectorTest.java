package ${package};

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.connectorkit.contract.ConnectorProbe;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What this connector makes of its source: the probe calls it as the host does, and looks at the rows with DuckDB. */
class ${className}ConnectorTest {

  private final ${className}Connector connector = new ${className}Connector();

  @Test
  void readsAllPagesOfEachTable() throws IOException {
    try (FakeServer server = FakeServer.start(0);
        ConnectorProbe probe = new ConnectorProbe(Map.of("url", server.url()), Map.of("${token}", FakeServer.TOKEN))) {
      assertEquals(5, probe.rows(connector, probe.table(connector, "customers"), 1_000).size());
      assertEquals(List.of(Map.of("orders", 25L, "total", new BigDecimal("312.50"))), probe.query(connector,
          probe.table(connector, "orders"), 1_000, "SELECT count(*) AS orders, sum(total) AS total FROM t"));
    }
  }
}
