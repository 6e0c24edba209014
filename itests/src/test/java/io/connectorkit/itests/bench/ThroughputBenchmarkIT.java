package io.connectorkit.itests.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.connectorkit.itests.support.Await;
import io.connectorkit.itests.support.Folders;
import io.connectorkit.launcher.HostFolders;
import io.connectorkit.launcher.HostMode;
import io.connectorkit.launcher.HostProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The same rows through the whole host and through DuckDB alone: one JVM, in turn, so that both meet the same machine. */
class ThroughputBenchmarkIT {

  private static final boolean FULL = Boolean.getBoolean("kit.full");
  private static final long ROWS = FULL ? 10_000_000 : 500_000;
  private static final int BATCH = 65_536;
  private static final int ROUNDS = 5;

  @Test
  void theHostKeepsUpWithDuckDbAlone() throws Exception {
    Path home = Folders.fresh(Folders.target().resolve("bench/throughput"));
    try (HostProcess host = HostProcess.start(HostFolders.of(Folders.product(), home), HostMode.GATEWAY)) {
      Endpoint endpoint = Await.value("the endpoint", () -> Endpoint.of(home));
      Folders.write(home.resolve("etc/connectors/bench.yaml"), "connector: mixed\nconfig: {rows: " + ROWS + "}\n");
      MixedJar.version(1).writeTo(home.resolve("deploy/mixed.jar"));
      Await.value("the first run", () -> endpoint.get("/v1/runs").isEmpty() ? Optional.empty() : Optional.of(true));
      Path alone = home.resolve("alone.parquet");
      DuckDbAlone.write(ROWS, BATCH, alone);
      double[] hosts = new double[ROUNDS];
      double[] alones = new double[ROUNDS];
      for (int round = 0; round < ROUNDS; round++) {
        hosts[round] = seconds(endpoint);
        alones[round] = DuckDbAlone.write(ROWS, BATCH, alone);
      }
      long size = Files.size(home.resolve("extracts/bench/data/mixed.parquet"));
      assertEquals(Files.size(alone), size, size * 0.05, "the same rows take the same space");
      double ratio = Measured.median(alones) / Measured.median(hosts);
      Measured.report("%d rows x 8 columns: host %.2f of DuckDB alone (medians %.3f s and %.3f s; host %s, alone %s)", ROWS, ratio,
          Measured.median(hosts), Measured.median(alones), Measured.all(hosts), Measured.all(alones));
      assertTrue(ratio >= (FULL ? 0.85 : 0.4), "ratio " + ratio);
    }
  }

  private static double seconds(Endpoint endpoint) {
    long start = System.nanoTime();
    assertEquals(ROWS, endpoint.run("bench").path("rows").asLong());
    return (System.nanoTime() - start) / 1e9;
  }
}
