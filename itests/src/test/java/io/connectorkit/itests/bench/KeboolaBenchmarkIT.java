package io.connectorkit.itests.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.connectorkit.connector.keboola.fake.FakeKeboola;
import io.connectorkit.itests.support.Await;
import io.connectorkit.itests.support.Folders;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.duckdb.DuckDBDriver;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A sliced export of a gigabyte, downloaded and extracted, against DuckDB that has the same files on its disk. */
@Tag("benchmark")
class KeboolaBenchmarkIT {

  private static final boolean FULL = Boolean.getBoolean("kit.full");
  private static final int ROUNDS = FULL ? 3 : 1;
  private static final int SLICES = FULL ? 16 : 4;
  private static final long ROWS_OF_A_SLICE = FULL ? 500_000 : 20_000;

  private static final String COLUMNS = "id BIGINT, total DECIMAL(18,2), name VARCHAR, day DATE, at TIMESTAMP, paid BOOLEAN, score DOUBLE, note VARCHAR";
  private static final String SLICE = "COPY (SELECT range AS id, (range * 7919 %% 1000003)::DECIMAL(18,2) / 100 AS total, 'customer ' || (range * 31 %% 100000)"
      + " AS name, DATE '2020-01-01' + (range %% 2000)::INT AS day, TIMESTAMP '2020-01-01' + INTERVAL (range) SECOND AS at, range %% 3 = 0 AS paid,"
      + " (range %% 1000) / 8 AS score, md5(range::VARCHAR) AS note FROM range(%d, %d)) TO '%s' (HEADER false, FORCE_QUOTE *)";

  @Test
  void anExportIsReadAlmostAsFastAsFilesOnTheDisk() throws Exception {
    long rows = SLICES * ROWS_OF_A_SLICE;
    Path folder = Folders.fresh(Folders.target().resolve("bench/keboola-csv"));
    Folders.write(Folders.target().resolve("keboola-token"), FakeKeboola.TOKEN);
    try (BenchHost host = BenchHost.start("keboola");
        FakeKeboola fake = new FakeKeboola();
        Connection alone = new DuckDBDriver().connect("jdbc:duckdb:", new Properties());
        Statement duckDb = alone.createStatement()) {
      List<Path> slices = IntStream.range(0, SLICES).mapToObj(i -> folder.resolve("part_" + i)).toList();
      for (int i = 0; i < SLICES; i++) {
        duckDb.execute(SLICE.formatted(i * ROWS_OF_A_SLICE, (i + 1) * ROWS_OF_A_SLICE, slices.get(i)));
      }
      long bytes = folder.toFile().length();
      for (Path slice : slices) {
        bytes += Files.size(slice);
      }
      fake.table("in.c-bench.big", List.of(), "id BIGINT", "total NUMERIC(18,2)", "name", "day DATE", "at TIMESTAMP", "paid BOOLEAN", "score FLOAT", "note")
          .ofFiles(slices, rows);
      Files.copy(Folders.product().resolve("system/connectors/connector-keboola.jar"), host.home().resolve("deploy/connector-keboola.jar"));
      Folders.write(host.home().resolve("etc/connectors/big.yaml"), "connector: keboola\nconfig: {url: '" + fake.url() + "', storage_url: '"
          + fake.storage().url() + "'}\n");
      JsonNode first = Await.value("the first run", Duration.ofMinutes(20), () -> Optional.of(host.newest("big")).filter(run -> !run.isMissingNode()));
      assertEquals(rows, first.path("rows").asLong(), first.toString());

      String files = slices.stream().map(file -> "'" + file + "'").collect(Collectors.joining(", "));
      String types = COLUMNS.replaceAll("(\\w+) ([A-Z]+(\\([^)]*\\))?)", "'$1': '$2'");
      double[] kit = new double[ROUNDS];
      double[] own = new double[ROUNDS];
      for (int round = 0; round < ROUNDS; round++) {
        kit[round] = host.run("big", rows);
        long start = System.nanoTime();
        duckDb.execute("COPY (SELECT * FROM read_csv([" + files + "], header = false, columns = {" + types + "})) TO '" + folder.resolve("alone.parquet")
            + "' (FORMAT parquet, COMPRESSION zstd, WRITE_BLOOM_FILTER false)");
        own[round] = (System.nanoTime() - start) / 1e9;
      }
      double ratio = Measured.median(own) / Measured.median(kit);
      Measured.report("keboola: %d MB of CSV in %d slices, exported, downloaded and extracted: %.2f of DuckDB alone on the same files (medians %.3f s and"
          + " %.3f s; %s, %s)", bytes >> 20, SLICES, ratio, Measured.median(kit), Measured.median(own), Measured.all(kit), Measured.all(own));
      assertTrue(!FULL || ratio >= 0.7, "ratio " + ratio);
    } finally {
      Folders.fresh(folder);
    }
  }
}
