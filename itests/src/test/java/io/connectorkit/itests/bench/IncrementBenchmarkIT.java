package io.connectorkit.itests.bench;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import org.duckdb.DuckDBDriver;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a thousand new and changed rows cost in a small and in a large table, and what queries pay for them. */
@Tag("benchmark")
@TestInstance(Lifecycle.PER_CLASS)
class IncrementBenchmarkIT {

  private static final boolean FULL = Boolean.getBoolean("kit.full");
  private static final int CHANGES = 1_000;
  /** One more, and the files are put together. */
  private static final int RUNS_WITHOUT_COMPACTION = 4;

  /** One for all tests: the native library of DuckDB goes to the first class loader that asks for it. */
  private final BenchHost host = BenchHost.start("increments");

  @AfterAll
  void close() {
    host.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"append", "upsert"})
  void aDeltaCostsWhatItBrings(String strategy) {
    long few = 50_000;
    long many = FULL ? 50_000_000 : 500_000;
    double[] small = deltas(strategy, few);
    double[] large = deltas(strategy, many);
    double ratio = Measured.median(large) / Measured.median(small);
    Measured.report("%s of %d rows: on %d rows %.2f of what it takes on %d (medians %.3f s and %.3f s; %s, %s)", strategy, CHANGES, many, ratio, few,
        Measured.median(large), Measured.median(small), Measured.all(large), Measured.all(small));
    assertTrue(FULL || ratio <= 5, "ratio " + ratio);
  }

  private double[] deltas(String strategy, long rows) {
    String instance = strategy + rows;
    configure(instance, strategy, rows);
    double[] seconds = new double[RUNS_WITHOUT_COMPACTION - 1];
    // The first delta is the one that warms up.
    host.run(instance, CHANGES);
    for (int run = 0; run < seconds.length; run++) {
      seconds[run] = host.run(instance, CHANGES);
    }
    return seconds;
  }

  private void configure(String instance, String strategy, long rows) {
    host.configure(instance, "rows: " + rows + ", changes: " + CHANGES, "tables: {mixed: {strategy: " + strategy + "}}\n");
  }

  @Test
  void queriesHardlyNoticeWhatHasNotBeenCompactedYet() throws Exception {
    long rows = FULL ? 5_000_000 : 500_000;
    configure("query", "upsert", rows);
    double[] point = query("SELECT * FROM query.mixed WHERE id = " + rows / 2);
    double[] scan = query("SELECT few, count(*), sum(amount), max(instant) FROM query.mixed GROUP BY few");
    for (int run = 0; run < RUNS_WITHOUT_COMPACTION; run++) {
      host.run("query", CHANGES);
    }
    double[] laterPoint = query("SELECT * FROM query.mixed WHERE id = " + rows / 2);
    double[] laterScan = query("SELECT few, count(*), sum(amount), max(instant) FROM query.mixed GROUP BY few");
    Measured.report("%d rows with %d upserts of %d rows against one file: point query %.2f (%.4f s and %.4f s), scan %.2f (%.4f s and %.4f s)", rows,
        RUNS_WITHOUT_COMPACTION, CHANGES, Measured.median(laterPoint) / Measured.median(point), Measured.median(laterPoint),
        Measured.median(point), Measured.median(laterScan) / Measured.median(scan), Measured.median(laterScan), Measured.median(scan));
  }

  /** As any client asks: it opens the one database and sees views. */
  private double[] query(String sql) throws SQLException {
    double[] seconds = new double[11];
    try (Connection connection = new DuckDBDriver().connect("jdbc:duckdb:", new Properties()); Statement statement = connection.createStatement()) {
      statement.execute("ATTACH '" + host.home().resolve("extracts/analytics.duckdb") + "' AS analytics (READ_ONLY)");
      statement.execute("USE analytics");
      for (int round = -1; round < seconds.length; round++) {
        long start = System.nanoTime();
        try (ResultSet result = statement.executeQuery(sql)) {
          assertTrue(result.next(), sql);
        }
        if (round >= 0) {
          seconds[round] = (System.nanoTime() - start) / 1e9;
        }
      }
    }
    return seconds;
  }
}
