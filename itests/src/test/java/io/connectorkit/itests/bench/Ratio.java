package io.connectorkit.itests.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * What the host and DuckDB alone take for the same rows, in turn, so that both meet the same machine.
 *
 * @param hostCpu processor seconds, which say more than the others on a machine that has more to do
 */
record Ratio(double[] host, double[] alone, double[] hostCpu, double[] aloneCpu) {

  private static final int ROUNDS = 5;

  static Ratio of(BenchHost host, Shape shape, long rows, int batch) throws Exception {
    String instance = shape.text() + batch + "x" + rows;
    host.configure(instance, "shape: " + shape + ", rows: " + rows + ", batch: " + batch);
    Path alone = host.home().resolve(instance + ".parquet");
    DuckDbAlone.write(shape, rows, batch, alone);
    host.run(instance, rows);
    Ratio ratio = new Ratio(new double[ROUNDS], new double[ROUNDS], new double[ROUNDS], new double[ROUNDS]);
    for (int round = 0; round < ROUNDS; round++) {
      double before = cpu();
      ratio.host[round] = host.run(instance, rows);
      double between = cpu();
      ratio.alone[round] = DuckDbAlone.write(shape, rows, batch, alone);
      ratio.hostCpu[round] = between - before;
      ratio.aloneCpu[round] = cpu() - between;
    }
    long size = Files.size(host.extract(instance).resolve("data").resolve(shape.text() + ".parquet"));
    assertEquals(Files.size(alone), size, size * 0.05, "the same rows take the same space");
    Files.delete(alone);
    return ratio;
  }

  private static double cpu() {
    return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime() / 1e9;
  }

  /** Above 1 the host is the faster one. */
  double value() {
    return Measured.median(alone) / Measured.median(host);
  }

  @Override
  public String toString() {
    return String.format(Locale.ROOT, "host %.2f of DuckDB alone (processor time %.2f; best rounds %.2f; medians %.3f s and %.3f s; host %s, alone %s)",
        value(), Measured.median(aloneCpu) / Measured.median(hostCpu), Measured.least(alone) / Measured.least(host), Measured.median(host),
        Measured.median(alone), Measured.all(host), Measured.all(alone));
  }
}
