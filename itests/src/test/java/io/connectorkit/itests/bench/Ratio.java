package io.connectorkit.itests.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;

/** Seconds of the host and of DuckDB alone for the same rows, taken in turn, so that both meet the same machine. */
record Ratio(double[] hosts, double[] alones) {

  private static final int ROUNDS = 5;

  static Ratio of(BenchHost host, Shape shape, long rows, int batch) throws Exception {
    String instance = shape.text() + batch + "x" + rows;
    host.configure(instance, "shape: " + shape + ", rows: " + rows + ", batch: " + batch);
    Path alone = host.home().resolve(instance + ".parquet");
    DuckDbAlone.write(shape, rows, batch, alone);
    Ratio ratio = new Ratio(new double[ROUNDS], new double[ROUNDS]);
    for (int round = 0; round < ROUNDS; round++) {
      ratio.hosts[round] = host.run(instance, rows);
      ratio.alones[round] = DuckDbAlone.write(shape, rows, batch, alone);
    }
    long size = Files.size(host.extract(instance).resolve("data").resolve(shape.text() + ".parquet"));
    assertEquals(Files.size(alone), size, size * 0.05, "the same rows take the same space");
    Files.delete(alone);
    return ratio;
  }

  /** Above 1 the host is the faster one. */
  double value() {
    return Measured.median(alones) / Measured.median(hosts);
  }

  @Override
  public String toString() {
    return String.format(java.util.Locale.ROOT, "host %.2f of DuckDB alone (best rounds %.2f; medians %.3f s and %.3f s; host %s, alone %s)", value(),
        Measured.least(alones) / Measured.least(hosts), Measured.median(hosts), Measured.median(alones), Measured.all(hosts), Measured.all(alones));
  }
}
