package io.connectorkit.itests.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.connectorkit.itests.support.Await;
import io.connectorkit.itests.support.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The gateway as a process of its own: how soon it is there, how soon a dropped jar can be queried, how much memory it takes. */
@Tag("benchmark")
class GatewayBenchmarkIT {

  private static final boolean FULL = Boolean.getBoolean("kit.full");

  private GatewayProcess process;

  @AfterEach
  void stop() {
    if (process != null) {
      process.close();
    }
  }

  private Endpoint start(Path home) throws IOException {
    process = GatewayProcess.start(home, Map.of());
    return process.endpoint();
  }

  @Test
  void theGatewayIsThereSoon() throws Exception {
    Path home = Folders.fresh(Folders.target().resolve("bench/start"));
    double[] cold = starts(home);
    stop();
    GatewayProcess.warmUp(home);
    double[] warm = starts(home);
    Measured.report("start to ready: median %.3f s (%s); after kit warmup %.3f s (%s), then %d MiB resident", Measured.median(cold), Measured.all(cold),
        Measured.median(warm), Measured.all(warm), process.peakMib());
    assertTrue(Files.readString(Path.of("/proc/" + process.process().pid() + "/maps")).contains(home + "/data/jvm/classes-"),
        "what was kept is used");
  }

  private double[] starts(Path home) throws IOException {
    double[] seconds = new double[FULL ? 11 : 1];
    start(home);
    for (int round = 0; round < seconds.length; round++) {
      stop();
      long begin = System.nanoTime();
      start(home);
      seconds[round] = (System.nanoTime() - begin) / 1e9;
    }
    return seconds;
  }

  @Test
  void aDroppedJarCanBeQueriedSoon() throws Exception {
    Path home = Folders.fresh(Folders.target().resolve("bench/drop"));
    Endpoint endpoint = start(home);
    Folders.write(home.resolve("etc/connectors/bench.yaml"), "connector: bench\nconfig: {rows: 100000}\n");
    double[] ready = new double[FULL ? 21 : 3];
    double[] queryable = new double[ready.length];
    double[] gone = new double[ready.length];
    for (int round = -1; round < ready.length; round++) {
      int known = endpoint.get("/v1/runs").size();
      // Each time another name: a file that changes again and again is given some time to come to rest.
      Path jar = home.resolve("deploy/bench-" + round + ".jar");
      Path built = BenchJar.version(round + 1).writeTo(home.resolve("bench.jar"));
      long begin = System.nanoTime();
      Files.move(built, jar);
      Await.until("the connector", () -> has(endpoint, "READY") || has(endpoint, "RUNNING"));
      double registered = (System.nanoTime() - begin) / 1e9;
      Await.until("the run", () -> endpoint.get("/v1/runs").size() > known);
      assertTrue(endpoint.post("/v1/query", "{\"sql\":\"SELECT count(*) FROM bench.mixed\"}").contains("[100000]"));
      double queried = (System.nanoTime() - begin) / 1e9;
      long removed = System.nanoTime();
      Files.delete(jar);
      Await.until("the end of the connector", () -> has(endpoint, "WAITING"));
      if (round >= 0) {
        ready[round] = registered;
        queryable[round] = queried;
        gone[round] = (System.nanoTime() - removed) / 1e9;
      }
    }
    Measured.report("drop to READY: median %.3f s; drop to queryable (100,000 rows): median %.3f s (%s); removal to gone: median %.3f s",
        Measured.median(ready), Measured.median(queryable), Measured.all(queryable), Measured.median(gone));
  }

  private static boolean has(Endpoint endpoint, String state) {
    JsonNode connectors = endpoint.get("/v1/connectors");
    return connectors.size() == 1 && connectors.get(0).path("state").asText().equals(state);
  }

  @Test
  void memoryDoesNotGrowWithTheRows() throws Exception {
    assumeTrue(Files.exists(Path.of("/proc/self/status")), "the peak of a process's memory is read from /proc, which this system does not have");
    long[] rows = FULL ? new long[] {2_000_000, 20_000_000, 100_000_000} : new long[] {2_000_000};
    long[] peaks = new long[rows.length];
    for (int i = 0; i < rows.length; i++) {
      peaks[i] = peakOfRun(rows[i]);
      stop();
    }
    Measured.report("peak resident memory for %s rows x 8 columns at -Xmx256m: %s MiB; the most is %.2f of the least", Arrays.toString(rows),
        Arrays.toString(peaks), (double) Arrays.stream(peaks).max().orElseThrow() / Arrays.stream(peaks).min().orElseThrow());
    assertTrue(Arrays.stream(peaks).max().orElseThrow() <= 450, Arrays.toString(peaks) + " MiB");
  }

  /** The peak in MiB of a process that runs once. */
  private long peakOfRun(long rows) throws Exception {
    Path home = Folders.fresh(Folders.target().resolve("bench/memory"));
    Endpoint endpoint = start(home);
    Folders.write(home.resolve("etc/connectors/bench.yaml"), "connector: bench\nconfig: {rows: " + rows + "}\n");
    BenchJar.version(1).writeTo(home.resolve("deploy/bench.jar"));
    JsonNode run = Await.value("the run", Duration.ofMinutes(10),
        () -> endpoint.get("/v1/runs").isEmpty() ? Optional.empty() : Optional.of(endpoint.get("/v1/runs").get(0)));
    assertEquals(rows, run.path("rows").asLong());
    return process.peakMib();
  }
}
