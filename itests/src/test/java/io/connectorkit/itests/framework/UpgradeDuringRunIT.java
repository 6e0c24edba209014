package io.connectorkit.itests.framework;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import io.connectorkit.host.DeployedFile.State;
import io.connectorkit.host.RunListener;
import io.connectorkit.host.RunOrder;
import io.connectorkit.host.RunRecord;
import io.connectorkit.itests.support.Await;
import io.connectorkit.itests.support.ConnectorJar;
import io.connectorkit.itests.support.Folders;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.Test;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;

/** A connector replaced at random moments of a long extraction: the table is exact in the end, and readers never notice. */
public class UpgradeDuringRunIT extends HostTest {

  private static final boolean FULL = Boolean.getBoolean("kit.full");
  private static final int ROUNDS = FULL ? 50 : 4;
  private static final long ROWS = FULL ? 5_000_000 : 300_000;
  private static final long SEED = Long.getLong("kit.seed", System.nanoTime());

  private final AtomicBoolean done = new AtomicBoolean();

  /** Some runs come to their end in this time, others do not. */
  @Override
  @Configuration
  public Option[] configuration() {
    Option[] options = super.configuration();
    Folders.write(KitOptions.etc(getClass()).resolve("io.connectorkit.deployer.cfg"), "drain.seconds = 1\n");
    return options;
  }

  private static String source(int generation) {
    return "tables = orders\ngeneration = " + generation + "\norders.rows = " + ROWS + "\n";
  }

  /** L14: what the old version had read is published whole or not at all, and its run is made again by the new one. */
  @Test
  public void aRunIsDrainedOrRepeatedWheneverTheUpgradeComes() throws Exception {
    System.out.println("seed " + SEED);
    Random random = new Random(SEED);
    configure("moving", "moving", source(0));
    ConnectorJar.of("moving", "1.0.0").writeTo(deployed("moving.jar"));
    double seconds = awaitRun("moving", 1).seconds();
    ScheduledExecutorService threads = Executors.newScheduledThreadPool(2);
    Future<Integer> reader = threads.submit(this::read);
    Map<RunRecord.Outcome, Integer> outcomes = new TreeMap<>();
    try {
      for (int round = 1; round <= ROUNDS; round++) {
        script("moving", source(round));
        CompletableFuture<RunRecord> run = runs.start(new RunOrder("moving", List.of(), "manual"), RunListener.NONE);
        String version = "1.0." + round;
        threads.schedule(() -> ConnectorJar.of("moving", version).writeTo(deployed("moving.jar")),
            (long) (random.nextDouble() * seconds * 1000), TimeUnit.MILLISECONDS);
        outcomes.merge(run.get(120, TimeUnit.SECONDS).outcome(), 1, Integer::sum);
        Await.until(version + " is deployed", () -> find("moving").orElseThrow().version().equals(version)
            && awaitFile("moving.jar", State.DEPLOYED).version().equals(version));
        Await.value("a run of " + version, () -> newest().filter(last -> last.lineage().version().equals(version)
            && last.outcome() == RunRecord.Outcome.OK && !instances.list().get(0).state().name().equals("RUNNING")));
        assertEquals(List.of(List.of(ROWS, (long) round, (long) round)), numbers());
        assertTrue("a repeated run is the new version's own, and no second one follows", history("moving").stream()
            .filter(last -> last.lineage().version().equals(version) && last.outcome() == RunRecord.Outcome.OK).count() == 1);
      }
    } finally {
      done.set(true);
      threads.shutdown();
    }
    System.out.println(ROUNDS + " upgrades during runs of " + seconds + " s; their results " + outcomes + "; " + reader.get()
        + " queries meanwhile, none failed");
    assertTrue("readers looked", reader.get() > ROUNDS);
  }

  private Optional<RunRecord> newest() {
    return history("moving").stream().findFirst();
  }

  private List<List<Long>> numbers() {
    List<List<Long>> numbers = new ArrayList<>();
    query("SELECT count(DISTINCT id), min(generation), max(generation) FROM moving.orders HAVING count(*) = count(DISTINCT id)")
        .forEach(row -> numbers.add(row.stream().map(value -> ((Number) value).longValue()).toList()));
    return numbers;
  }

  private int read() {
    int looks = 0;
    while (!done.get()) {
      List<List<Object>> rows = query("SELECT count(*), count(DISTINCT generation) FROM moving.orders");
      assertEquals(List.of(List.of(ROWS, 1L)), rows);
      looks++;
    }
    return looks;
  }
}
