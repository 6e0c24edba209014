package io.connectorkit.itests.bench;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.connectorkit.itests.support.FullOnly;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The same rows through the whole host and through DuckDB alone, in one JVM. */
@Tag("benchmark")
@TestInstance(Lifecycle.PER_CLASS)
class ThroughputBenchmarkIT {

  private static final boolean FULL = Boolean.getBoolean("kit.full");
  private static final int BATCH = 65_536;

  /** One for all tests: the native library of DuckDB goes to the first class loader that asks for it. */
  private final BenchHost host = BenchHost.start("throughput");

  @AfterAll
  void close() {
    host.close();
  }

  @Test
  void theHostKeepsUpWithDuckDbAlone() throws Exception {
    long rows = FULL ? 10_000_000 : 500_000;
    Ratio ratio = Ratio.of(host, Shape.MIXED, rows, BATCH);
    Measured.report("%d rows x 8 columns: %s", rows, ratio);
    assertTrue(ratio.value() >= (FULL ? 0.85 : 0.4), ratio.toString());
  }

  @FullOnly
  @ParameterizedTest
  @CsvSource({"WIDE, 60000, 400000", "NARROW, 2000000, 20000000", "TEXTS, 100000, 500000", "NESTED, 200000, 1000000"})
  void theHostKeepsUpWhateverShapeTheRowsHave(Shape shape, long fewer, long more) throws Exception {
    long rows = FULL ? more : fewer;
    Ratio ratio = Ratio.of(host, shape, rows, BATCH);
    Measured.report("%s, %d rows x %d columns: %s", shape.text(), rows, shape.schema().getFields().size(), ratio);
    assertTrue(ratio.value() >= 0.4, ratio.toString());
  }

  /** Batches of a hundred are what a connector makes of the pages of an API. */
  @FullOnly
  @Test
  void theHostKeepsUpWithBatchesOfAnySize() throws Exception {
    for (int batch : FULL ? new int[] {100, 1_000, 10_000, 65_536, 1_000_000} : new int[] {100}) {
      long rows = Math.min(batch * 2_500L, 2_500_000);
      Ratio ratio = Ratio.of(host, Shape.MIXED, rows, batch);
      Measured.report("batches of %d, %d rows x 8 columns: %s", batch, rows, ratio);
      assertTrue(ratio.value() >= 0.4, ratio.toString());
    }
  }
}
