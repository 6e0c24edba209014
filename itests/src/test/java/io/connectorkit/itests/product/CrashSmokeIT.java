package io.connectorkit.itests.product;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.connectorkit.itests.support.Await;
import io.connectorkit.itests.support.Database;
import io.connectorkit.itests.support.Folders;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * C1, E1, E6: whatever the moment at which the gateway is killed, the extract opens and holds the old or the new state of all tables. Every
 * row carries the number of the round that made it, so that a mixture would show.
 */
class CrashSmokeIT {

  private static final KitProcess KIT = KitProcess.of(CrashSmokeIT.class);
  private static final int ROUNDS = Boolean.getBoolean("kit.full") ? 100 : 2;
  private static final int ROWS = 60_000;
  private static final List<String> TABLES = List.of("a", "b", "c");

  private final long seed = Long.getLong("kit.seed", System.nanoTime());
  private final Random random = new Random(seed);

  @BeforeAll
  static void firstState() {
    source(0);
    KIT.script("ledger", Folders.read(script()));
  }

  @AfterAll
  static void endTheProcesses() {
    KIT.close();
  }

  private static Path script() {
    return KIT.home().resolve("data/ledger.script");
  }

  /** What the source says from now on. */
  private static void source(int generation) {
    StringBuilder text = new StringBuilder("tables = " + String.join(",", TABLES) + "\ngeneration = " + generation + "\n");
    TABLES.forEach(table -> text.append(table).append(".rows = ").append(ROWS).append('\n').append(table).append(".batch = 1000\n"));
    Folders.write(script(), text.toString());
  }

  /** Makes a run due: the configuration is no longer that of the last one. */
  private static void due(int generation) {
    source(generation);
    Folders.write(KIT.home().resolve("etc/connectors/ledger.yaml"),
        "connector: scripted\nconfig:\n  script: " + script() + "\n  note: number " + generation + "\n");
  }

  @Test
  void aKilledGatewayLeavesTheOldStateOrTheNewOneAndCleansUpWhenItIsBack() throws Exception {
    System.out.println("kill -9: " + ROUNDS + " rounds, seed " + seed + " (repeat with -Dkit.seed)");
    Process gateway = KIT.run();
    awaitGeneration(0);
    long start = System.nanoTime();
    due(1);
    awaitGeneration(1);
    long whole = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
    List<String> found = new ArrayList<>();
    for (int round = 2; round <= ROUNDS + 1; round++) {
      due(round);
      long moment = (long) (random.nextDouble() * whole * 1.2);
      assertTrue(!gateway.waitFor(moment, TimeUnit.MILLISECONDS), "the gateway ended by itself");
      gateway.destroyForcibly().waitFor();
      int generation = generation(extract());
      assertTrue(generation == round || generation == round - 1, "generation " + generation + " after round " + round);
      int joined = generation(analytics());
      assertTrue(joined == generation || joined == round - 1, "analytics holds " + joined + ", the extract " + generation);
      found.add(moment + " ms: " + (generation == round ? "new" : "old"));
      gateway = KIT.run();
      awaitGeneration(round);
      Await.until("nothing is left over: " + strays(), () -> strays().isEmpty());
    }
    System.out.println("a whole run takes " + whole + " ms; killed after " + found);
  }

  private static Path extract() {
    return KIT.extracts().resolve("ledger/extract.duckdb");
  }

  private static Path analytics() {
    return KIT.extracts().resolve("analytics.duckdb");
  }

  private static void awaitGeneration(int generation) {
    Await.until("the extract holds generation " + generation, () -> Files.exists(extract()) && generation(extract()) == generation);
    Await.until("so does the database over all", () -> Files.exists(analytics()) && generation(analytics()) == generation);
  }

  /** The one generation of all rows of all tables; fails if there is more than one, or a row too few. */
  private static int generation(Path database) {
    String schema = database.equals(analytics()) ? "ledger." : "";
    String all = TABLES.stream().map(table -> "SELECT id, generation FROM " + schema + table).reduce((x, y) -> x + " UNION ALL " + y).orElseThrow();
    List<String> row = Database.query(database, "SELECT count(*), sum(id)::BIGINT, min(generation), max(generation) FROM (" + all + ")").get(0);
    long rows = (long) ROWS * TABLES.size();
    assertEquals(List.of(String.valueOf(rows), String.valueOf(TABLES.size() * (ROWS - 1L) * ROWS / 2)), row.subList(0, 2), "rows of " + database);
    assertEquals(row.get(2), row.get(3), "generations of " + database);
    return Integer.parseInt(row.get(2));
  }

  /** Files that nobody will ever need: of a run that was never published, of a database that was never finished, of a process that is dead. */
  private static List<String> strays() {
    Path kit = KIT.extracts().resolve("ledger/.kit");
    Set<String> known = new HashSet<>();
    Database.query(extract(), "SELECT file FROM _kit_files UNION ALL SELECT file FROM _kit_retired").forEach(row -> known.add(row.get(0)));
    Stream<Path> half = Folders.list(kit.resolve("tmp")).stream();
    Stream<Path> snapshots = Folders.list(kit.resolve("snapshots")).stream().flatMap(run -> Folders.list(run).stream())
        .filter(file -> !known.contains(kit.getParent().relativize(file).toString()));
    Stream<Path> databases = Stream.concat(Folders.list(KIT.extracts()).stream(), Folders.list(KIT.extracts().resolve("ledger")).stream())
        .filter(file -> file.getFileName().toString().matches("\\.analytics-.*|.*\\.wal|.*\\.tmp"));
    Stream<Path> dead = KIT.leftOvers().stream()
        .filter(path -> ProcessHandle.of(Long.parseLong(path.getFileName().toString().replaceAll("\\D", ""))).isEmpty());
    return Stream.of(half, snapshots, databases, dead).flatMap(each -> each).map(KIT.home()::relativize).map(Path::toString).toList();
  }
}
