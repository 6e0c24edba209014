package io.connectorkit.itests.framework;

import static org.junit.Assert.assertEquals;

import io.connectorkit.host.RunListener;
import io.connectorkit.host.RunOrder;
import io.connectorkit.host.RunRecord;
import io.connectorkit.itests.support.Folders;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.Test;

/** Random histories of tables that are extracted in increments at random moments: A8, C8, G4. */
public class BoundaryIT extends ScriptedHostTest {

  private static final boolean FULL = Boolean.getBoolean("kit.full");
  private static final int TABLES = FULL ? 40 : 10;
  private static final int ROUNDS = 5;

  /** After every run each table holds what its source holds. */
  @Test
  public void incrementsEndUpWithWhatTheSourceHas() throws Exception {
    int instances = FULL ? 25 : 1;
    long seed = Long.getLong("kit.seed", System.nanoTime());
    Random random = new Random(seed);
    for (int i = 0; i < instances; i++) {
      String where = "seed " + seed + ", instance " + i;
      String instance = "history" + i;
      List<History> tables = new ArrayList<>();
      for (int t = 0; t < TABLES; t++) {
        tables.add(new History("t" + t, t % 2 == 0, folder("data"), random));
      }
      tables.forEach(History::goOn);
      start(instance, tables);
      for (int round = 0; round < ROUNDS; round++) {
        tables.forEach(History::goOn);
        boolean full = random.nextInt(10) == 0;
        RunRecord run = runs.start(new RunOrder(instance, List.of(), "manual", full), RunListener.NONE).get(60, TimeUnit.SECONDS);
        assertEquals(where + ": " + run, RunRecord.Outcome.OK, run.outcome());
        assertEquals(where + ", round " + round, List.of(),
            inExtract(instance, tables.stream().map(History::difference).collect(Collectors.joining(" UNION ALL "))));
      }
    }
    System.out.println("boundary: " + instances * TABLES + " histories of " + (ROUNDS + 1) + " extractions, half upserted and half appended,"
        + " equal to their sources each time (seed " + seed + ")");
  }

  private void start(String instance, List<History> tables) {
    String script = "tables = " + tables.stream().map(History::name).collect(Collectors.joining(",")) + "\n"
        + tables.stream().map(History::script).collect(Collectors.joining());
    Path file = script(instance, script);
    Folders.write(folder("etc").resolve("connectors").resolve(instance + ".yaml"),
        "connector: scripted\nconfig:\n  script: " + file + "\ntables:\n  '*': {overlap: " + History.LATE + "}\n");
    awaitRun(instance, 1);
  }
}
