package io.connectorkit.itests.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.connectorkit.itests.support.Await;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.osgi.framework.Bundle;
import org.osgi.framework.SynchronousBundleListener;
import org.osgi.framework.wiring.BundleWiring;

/** One connector replaced again and again, with an extraction each time: whatever it took is given back. */
@Tag("benchmark")
@Tag("fixed-heap")
class RedeployBenchmarkIT {

  private static final boolean FULL = Boolean.getBoolean("kit.full");
  private static final int ROUNDS = FULL ? 1_000 : 25;
  /** Until then caches fill; afterwards nothing may grow. */
  private static final int WARM = FULL ? 200 : 10;
  private static final int EVERY = FULL ? 20 : 5;
  private static final long METASPACE_KIB = 2 << 10;
  private static final long HEAP_KIB = 5 << 10;
  private static final double RESIDENT_KIB_PER_ROUND = 20;

  private final List<WeakReference<ClassLoader>> loaders = new ArrayList<>();
  private final List<double[]> resident = new ArrayList<>();

  @Test
  void whatAConnectorTookIsGivenBackWhenItIsReplaced() throws IOException {
    try (BenchHost host = BenchHost.start("redeploy")) {
      Queue<String> disturbed = new ConcurrentLinkedQueue<>();
      host.context().addBundleListener((SynchronousBundleListener) event -> {
        if (!event.getBundle().getSymbolicName().startsWith("itests.")) {
          disturbed.add(event.getBundle().getSymbolicName() + " event " + event.getType());
        }
      });
      host.configure("redeployed", "rows: 20000");
      Path jar = host.home().resolve("deploy/bench.jar");
      int bundles = host.context().getBundles().length;
      Footprint warm = null;
      for (int round = 1; round <= ROUNDS; round++) {
        if (round % 10 == 0) {
          Files.delete(jar);
          Await.until("it is gone", () -> bench(host).isEmpty());
        }
        BenchJar.version(round + 1).writeTo(jar);
        String version = "1.0." + (round + 1);
        JsonNode run = Await.value("a run of " + version, () -> Optional.of(host.newest("redeployed"))
            .filter(each -> each.path("version").asText().equals(version)));
        assertEquals("OK", run.path("outcome").asText(), run::toString);
        assertEquals(20_000, run.path("rows").asLong(), run::toString);
        loaders.add(new WeakReference<>(bench(host).orElseThrow().adapt(BundleWiring.class).getClassLoader()));
        if (round % EVERY == 0) {
          Footprint now = Footprint.now();
          resident.add(new double[] {round, now.resident()});
          System.out.println("after " + round + ": " + now);
          warm = warm == null && round >= WARM ? now : warm;
        }
      }
      assertEquals(bundles, host.context().getBundles().length, "bundles");
      judge(warm);
      assertEquals(List.of(), List.copyOf(disturbed), "no other bundle was stopped, started, refreshed or updated");
    }
  }

  private void judge(Footprint warm) {
    Await.until("the class loader of the version that is deployed is the only one left", () -> {
      Footprint.collect();
      return loaders.stream().map(WeakReference::get).filter(Objects::nonNull).distinct().count() <= 1;
    });
    Footprint end = Await.value("threads and files are those of before", () -> Optional.of(Footprint.now())
        .filter(now -> now.threads() <= warm.threads() && now.files() <= warm.files()));
    double slope = slope();
    Measured.report("%d redeploys, each with an extraction: metaspace %+d KiB, heap %+d KiB, threads %+d, open files %+d, resident memory %+.1f KiB"
        + " per round (at the end %d MiB)", ROUNDS, end.metaspace() - warm.metaspace(), end.heap() - warm.heap(), end.threads() - warm.threads(),
        end.files() - warm.files(), slope, end.resident() >> 10);
    assertTrue(end.metaspace() - warm.metaspace() <= METASPACE_KIB, end + " after " + warm);
    assertTrue(end.heap() - warm.heap() <= HEAP_KIB, end + " after " + warm);
    assertTrue(!FULL || slope <= RESIDENT_KIB_PER_ROUND, "resident memory grows by " + slope + " KiB a round: " + Arrays.deepToString(resident.toArray()));
  }

  /** The growth of the resident memory per round over the second half, by least squares. */
  private double slope() {
    List<double[]> half = resident.subList(resident.size() / 2, resident.size());
    double x = half.stream().mapToDouble(point -> point[0]).average().orElseThrow();
    double y = half.stream().mapToDouble(point -> point[1]).average().orElseThrow();
    return half.stream().mapToDouble(point -> (point[0] - x) * (point[1] - y)).sum()
        / half.stream().mapToDouble(point -> (point[0] - x) * (point[0] - x)).sum();
  }

  private static Optional<Bundle> bench(BenchHost host) {
    return Arrays.stream(host.context().getBundles()).filter(bundle -> "itests.bench".equals(bundle.getSymbolicName())).findFirst();
  }
}
