package io.connectorkit.itests.product;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.connectorkit.itests.support.Await;
import io.connectorkit.itests.support.Folders;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** M8: what the host writes, older DuckDB clients read too, while the gateway runs. Each driver loads a native library, so each has a process. */
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
  void theExtractsOpenAndAnswer(String version) throws IOException {
    for (String instance : List.of("jdk", "gallery")) {
      Map<String, String> expected = new TreeMap<>();
      tables.forEach(table -> {
        if (table.path("source").asText().equals(instance)) {
          expected.put("main." + table.path("table").asText(), table.path("rows").asText());
        }
      });
      assertEquals(expected, read(version, KIT.extracts().resolve(instance).resolve("extract.duckdb")));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.1.3", "1.4.4.0", "2.0.0.1"})
  void theAnalyticsDatabaseOpensAndAnswers(String version) throws IOException {
    Map<String, String> expected = new TreeMap<>();
    tables.forEach(table -> {
      expected.put(table.path("source").asText() + "." + table.path("table").asText(), table.path("rows").asText());
      expected.put("main." + table.path("table").asText(), table.path("rows").asText());
    });
    assertEquals(expected, read(version, KIT.extracts().resolve("analytics.duckdb")));
  }

  private static Map<String, String> read(String version, Path database) throws IOException {
    Path output = Folders.target().resolve("smoke/CompatibilitySmokeIT").resolve(version + "-" + database.getParent().getFileName() + ".out");
    Path driver = Path.of(System.getProperty("kit.drivers"), "duckdb_jdbc-" + version + ".jar");
    Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin/java").toString(), "-cp",
        driver + File.pathSeparator + Folders.target().resolve("test-classes"), DriverCheck.class.getName(), database.toString())
        .redirectErrorStream(true).redirectOutput(output.toFile()).start();
    int exit = KitProcess.exit(process, "DuckDB " + version);
    String text = Folders.read(output);
    assertEquals(0, exit, text);
    Map<String, String> rows = new TreeMap<>();
    text.lines().filter(line -> line.matches("[\\w.]+=\\S+")).forEach(line -> rows.put(line.split("=")[0], line.split("=")[1]));
    assertTrue(rows.remove("version").startsWith("v" + version.substring(0, 3)), text);
    return rows;
  }
}
