package io.connectorkit.itests.product;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.connectorkit.itests.support.Await;
import io.connectorkit.itests.support.Folders;
import io.connectorkit.itests.support.FullOnly;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A folder of public data sets, as it was published, behind the connector for files. */
@FullOnly
class RealDataSmokeIT {

  private static final Path DATA = Path.of(System.getProperty("kit.shared.data")).normalize();
  private static final Pattern ROW = Pattern.compile("\\| (\\S+)\\.(?:csv|arrow|json) \\|[^|]*\\| ([\\d,]+) \\|");
  private final KitProcess kit = KitProcess.of(RealDataSmokeIT.class);

  private void putTheConnectorIntoARunningGateway() throws IOException {
    kit.kit("start").ok();
    Folders.write(kit.home().resolve("etc/connectors/files.yaml"), "connector: files\nconfig:\n  path: " + DATA + "\n");
    Files.copy(Path.of(System.getProperty("kit.files.jar")), kit.deploy(".files.part"));
    Files.move(kit.deploy(".files.part"), kit.deploy("files.jar"));
  }

  @AfterEach
  void endTheProcesses() {
    kit.close();
  }

  /** The page that comes with the data says how many rows there are. */
  private static Map<String, Long> published() {
    Map<String, Long> rows = new TreeMap<>();
    Matcher row = ROW.matcher(Folders.read(DATA.resolve("README.md")));
    while (row.find()) {
      rows.put(row.group(1).replace('-', '_'), Long.valueOf(row.group(2).replace(",", "")));
    }
    return rows;
  }

  @Test
  void everyFileIsATableWithAllItsRows() throws IOException {
    assumeTrue(Files.isDirectory(DATA), () -> "the data sets are not beside this repository: " + DATA);
    putTheConnectorIntoARunningGateway();
    Map<String, Long> expected = published();
    assertEquals(6, expected.size(), expected.toString());
    JsonNode tables = Await.value("six tables", Duration.ofSeconds(60),
        () -> Optional.of(kit.kit("tables", "--json").json()).filter(all -> all.size() == expected.size()));
    Map<String, Long> found = new TreeMap<>();
    tables.forEach(table -> found.put(table.path("table").asText(), table.path("rows").asLong()));
    assertEquals(expected, found);
    for (var table : expected.entrySet()) {
      assertEquals(table.getValue(), Long.valueOf(kit.value("select count(*) from files." + table.getKey())), table.getKey());
    }
    assertEquals("VARCHAR", kit.value("select typeof(iata) from files.airports limit 1"));
    assertEquals("1", kit.value("select count(*) from files.airports where iata = '00M'"));
    assertEquals("SMALLINT", kit.value("select typeof(delay) from files.flights_200k limit 1"));
  }
}
