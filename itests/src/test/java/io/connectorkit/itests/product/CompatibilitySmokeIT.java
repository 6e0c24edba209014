package io.connectorkit.itests.product;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import io.connectorkit.itests.support.Await;
import io.connectorkit.itests.support.DriverProcess;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** M8: what the host writes, older DuckDB clients read too, while the gateway runs. */
class CompatibilitySmokeIT {

  private static final KitProcess KIT = KitProcess.of(CompatibilitySmokeIT.class);
  private static JsonNode tables;

  @BeforeAll
  static void extractWhileAGatewayRuns() {
    KIT.kit("start").ok();
    KIT.kit("deploy", "jdk").ok();
    KIT.script("gallery", gallery("'a' AS name FROM range(10)"));
    tables = Await.value("all tables are there", Duration.ofSeconds(60),
        () -> Optional.of(KIT.kit("tables", "--json").json()).filter(all -> all.size() == 11));
    // Now the table lies in two files, and rows of the first one are replaced.
    KIT.script("gallery", gallery("'b' AS name FROM range(9, 12)"));
    KIT.kit("extract", "gallery", "--table", "merged").ok();
    tables = KIT.kit("tables", "--json").json();
  }

  private static String gallery(String merged) {
    return "tables = every_type, plain, nothing, merged\nevery_type.kind = types\nplain.rows = 1000\n"
        + "merged.kind = query\nmerged.key = id\nmerged.incremental = id\nmerged.sql = SELECT range AS id, " + merged + "\n";
  }

  @AfterAll
  static void endTheProcesses() {
    KIT.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.1.3", "1.4.4.0", "2.0.0.1"})
  void theExtractsOpenAndAnswer(String version) {
    for (String instance : List.of("jdk", "gallery")) {
      Map<String, String> expected = new TreeMap<>();
      tables.forEach(table -> {
        if (table.path("source").asText().equals(instance)) {
          expected.put("main." + table.path("table").asText(), table.path("rows").asText());
        }
      });
      assertEquals(expected, DriverProcess.read(version, KIT.extracts().resolve(instance).resolve("extract.duckdb")));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.1.3", "1.4.4.0", "2.0.0.1"})
  void theAnalyticsDatabaseOpensAndAnswers(String version) {
    Map<String, String> expected = new TreeMap<>();
    tables.forEach(table -> {
      expected.put(table.path("source").asText() + "." + table.path("table").asText(), table.path("rows").asText());
      expected.put("main." + table.path("table").asText(), table.path("rows").asText());
    });
    assertEquals(expected, DriverProcess.read(version, KIT.extracts().resolve("analytics.duckdb")));
  }
}
