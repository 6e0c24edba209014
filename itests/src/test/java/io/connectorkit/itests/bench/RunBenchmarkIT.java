package io.connectorkit.itests.bench;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.connectorkit.itests.support.FullOnly;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** What a run costs beside the rows: many small tables, and a source that is slower than the host. */
@Tag("benchmark")
@TestInstance(Lifecycle.PER_CLASS)
class RunBenchmarkIT {

  private static final boolean FULL = Boolean.getBoolean("kit.full");

  /** One for all tests: the native library of DuckDB goes to the first class loader that asks for it. */
  private final BenchHost host = BenchHost.start("runs");

  @AfterAll
  void close() {
    host.close();
  }

  @Test
  void manySmallTablesAreCheap() throws Exception {
    int tables = 200;
    int rows = 100;
    List<Path> files = IntStream.range(0, tables).mapToObj(table -> host.home().resolve("alone" + table + ".parquet")).toList();
    double first = host.configure("small", "tables: " + tables + ", rows: " + rows).path("seconds").asDouble();
    double[] seconds = new double[FULL ? 11 : 1];
    double[] alones = new double[seconds.length];
    for (int round = 0; round < seconds.length; round++) {
      seconds[round] = host.run("small", (long) tables * rows);
      alones[round] = DuckDbAlone.write(Shape.MIXED, rows, rows, files);
    }
    Measured.report("%d tables of %d rows: first run %.3f s, then median %.3f s; their files by DuckDB alone, without a commit: %.3f s (%s; alone %s)",
        tables, rows, first, Measured.median(seconds), Measured.median(alones), Measured.all(seconds), Measured.all(alones));
    assertTrue(FULL || Measured.least(seconds) <= 6, Measured.all(seconds));
  }

  @FullOnly
  @Test
  void theEncodingHidesBehindASlowSource() throws Exception {
    int page = 2_000;
    Duration latency = Duration.ofMillis(200);
    long rows = page * (FULL ? 50L : 10L);
    host.configure("slow", "rows: " + rows + ", batch: " + page + ", latency: " + latency.toMillis());
    double[] hosts = new double[3];
    double[] sources = new double[hosts.length];
    for (int round = 0; round < hosts.length; round++) {
      hosts[round] = host.run("slow", rows);
      sources[round] = source(rows, page, latency);
    }
    double ratio = Measured.median(hosts) / Measured.median(sources);
    Measured.report("%d rows in pages of %d with %d ms each: run %.3f of the source's own time (medians %.3f s and %.3f s; run %s)", rows, page,
        latency.toMillis(), ratio, Measured.median(hosts), Measured.median(sources), Measured.all(hosts));
    assertTrue(FULL || ratio <= 1.5, "ratio " + ratio);
  }

  private static double source(long rows, int page, Duration latency) throws Exception {
    long start = System.nanoTime();
    try (BufferAllocator allocator = new RootAllocator();
        ShapedReader reader = new ShapedReader(allocator, Shape.MIXED, 0, rows, page, latency)) {
      while (reader.loadNextBatch()) {
        reader.getVectorSchemaRoot().clear();
      }
    }
    return (System.nanoTime() - start) / 1e9;
  }
}
