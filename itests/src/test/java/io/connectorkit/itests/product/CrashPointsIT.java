package io.connectorkit.itests.product;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.connectorkit.itests.product.Scenario.Seen;
import io.connectorkit.itests.support.Audit;
import io.connectorkit.itests.support.Await;
import io.connectorkit.itests.support.ConnectorJar;
import io.connectorkit.itests.support.Folders;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * C1, C13, D9, D10, D21, E1, E3, E6, G3: the gateway is killed at each step on the way to the commit, in each scenario. Before the rename of
 * the extract everything is as it was, from it on everything is new, and a restart cleans up and makes up for what is missing.
 */
class CrashPointsIT {

  private static final boolean FULL = Boolean.getBoolean("kit.full");
  /** A pattern; one scenario alone with -Dkit.scenario. */
  private static final String SCENARIOS = System.getProperty("kit.scenario", FULL ? ".*" : "replace");
  private static final int SMALL = 3;
  private static final int LEAST = 25;
  private static final KitProcess KIT = KitProcess.of(CrashPointsIT.class);
  private static final CrashControl CONTROL = new CrashControl(KIT);

  private final Map<String, Map<String, String>> table = new LinkedHashMap<>();
  private final List<String> complaints = new ArrayList<>();
  private int generation;
  private int kills;
  private long lost;
  private long doubled;
  private int torn;
  private int strays;

  @BeforeAll
  static void prepare() {
    Folders.write(KIT.home().resolve("etc/io.connectorkit.host.cfg"), "snapshot.grace.minutes = 0\n");
    // A gateway that lives for seconds is up sooner with the first compiler alone.
    Folders.write(KIT.product().resolve("bin/setenv"), "JAVA_OPTS=-XX:TieredStopAtLevel=1\n");
    ConnectorJar.of("scripted", "1.0.0").writeTo(KIT.deploy("scripted.jar"));
  }

  @AfterAll
  static void endTheProcesses() {
    KIT.close();
  }

  @Test
  void aGatewayKilledAtAnyStepLeavesTheOldStateOrTheNewOneAndCleansUpWhenItIsBack() throws Exception {
    for (Scenario scenario : Scenario.all().stream().filter(each -> each.name().matches(SCENARIOS)).toList()) {
      Process gateway = KIT.run();
      List<String> trace = stepsOf(scenario);
      Set<String> steps = new LinkedHashSet<>(trace);
      assertTrue(steps.size() >= LEAST, () -> scenario.name() + " passes only " + steps.size() + " steps: " + steps);
      for (String step : chosen(steps)) {
        gateway = round(scenario, gateway, step, trace);
      }
      gateway.destroyForcibly().waitFor();
      remove(scenario.instance(generation));
      generation = 0;
    }
    print();
    assertEquals(List.of(), complaints);
  }

  /** The steps of a run that nothing happens to. */
  private List<String> stepsOf(Scenario scenario) {
    for (int run = 0; run < (scenario.fresh() ? 1 : 3); run++) {
      passes(scenario, "before any crash");
    }
    return CONTROL.trace();
  }

  /** A run that nothing happens to. */
  private void passes(Scenario scenario, String where) {
    CONTROL.forget();
    scenario.due(KIT, ++generation);
    CONTROL.awaitTrace(scenario.instance(generation) + " run.recorded");
    complain(where, scenario, generation);
  }

  private static Collection<String> chosen(Set<String> steps) {
    List<String> all = List.copyOf(steps);
    if (FULL) {
      return all;
    }
    List<String> some = new ArrayList<>();
    for (int i = 0; i < SMALL; i++) {
      some.add(all.get(i * (all.size() - 1) / (SMALL - 1)));
    }
    return some;
  }

  private Process round(Scenario scenario, Process gateway, String name, List<String> trace) throws InterruptedException {
    int old = scenario.fresh() ? 0 : generation;
    String before = scenario.instance(generation);
    generation++;
    String instance = scenario.instance(generation);
    String step = name.substring(name.indexOf(' ') + 1);
    String where = scenario.name() + " at " + step;
    CONTROL.order(name.startsWith("analytics ") ? "analytics" : instance, step, scenario.twice() ? Collections.frequency(trace, name) : 1);
    scenario.due(KIT, generation);
    CONTROL.awaitReached(gateway);
    gateway.destroyForcibly().waitFor();
    kills++;
    int place = scenario.twice() ? trace.lastIndexOf(name) : trace.indexOf(name);
    String extract = judged(where, scenario, old, place >= renamed(trace, "extract.renamed"), extract(instance), "main");
    String joined = judged(where, scenario, old, place >= renamed(trace, "analytics.renamed"), analytics(), instance);
    new Audit(folder(instance)).contradictions().forEach(text -> torn(where + ": " + text));
    if (FULL) {
      System.out.println(where + ": " + extract + "/" + joined);
    }
    table.computeIfAbsent(step, key -> new LinkedHashMap<>()).put(scenario.name(), extract + "/" + joined);
    if (scenario.fresh()) {
      remove(before);
    }
    CONTROL.forget();
    Process next = KIT.run();
    // Either a run is still due, or the start makes up for what is missing: looking before would only slow it down.
    CONTROL.awaitTrace(extract.equals("old") ? instance + " run.recorded" : "analytics analytics.kept");
    complain(where, scenario, generation);
    if (scenario.twice()) {
      passes(scenario, where + ", and once more");
    }
    return next;
  }

  private static int renamed(List<String> trace, String step) {
    return trace.indexOf(trace.stream().filter(line -> line.endsWith(" " + step)).findFirst().orElseThrow());
  }

  /** Which state a database is in right after the kill: old or new, as it must be. */
  private String judged(String where, Scenario scenario, int old, boolean renamed, Path database, String schema) {
    Map<String, Seen> seen = Scenario.seen(database, schema);
    if (!seen.equals(scenario.expected(renamed ? generation : old))) {
      torn(where + ": " + database.getFileName() + " shows " + seen + (renamed ? " after" : " before") + " its rename to " + generation);
      return "TORN";
    }
    return renamed ? "new" : "old";
  }

  private void torn(String text) {
    torn++;
    complaints.add(text);
  }

  /** Waits until all is as it should be after a run of that generation; notes what is not. */
  private void complain(String where, Scenario scenario, int generation) {
    String instance = scenario.instance(generation);
    Map<String, Seen> expected = scenario.expected(generation);
    try {
      Await.until(instance + " is at " + generation, () -> Scenario.seen(extract(instance), "main").equals(expected));
      Await.until("so is the database over all", () -> Scenario.seen(analytics(), instance).equals(expected));
      Await.until("nothing is left over", () -> left(instance).isEmpty());
    } catch (AssertionError e) {
      complaints.add(where + ", afterwards: " + e.getMessage());
      count(expected, Scenario.seen(extract(instance), "main"));
      strays += left(instance).size();
      left(instance).forEach(file -> complaints.add("stray: " + file));
    }
    new Audit(folder(instance)).contradictions().forEach(text -> torn(where + ", afterwards: " + text));
  }

  private void count(Map<String, Seen> expected, Map<String, Seen> seen) {
    expected.forEach((name, right) -> {
      Seen is = seen.getOrDefault(name, new Seen(0, 0, 0, 0, 0));
      lost += Math.max(0, right.ids() - is.ids());
      doubled += is.rows() - is.ids();
    });
  }

  private static List<String> left(String instance) {
    List<String> left = new ArrayList<>(new Audit(folder(instance)).strays());
    Folders.list(KIT.extracts()).stream().filter(file -> file.getFileName().toString().matches("\\..*|.*\\.wal"))
        .forEach(file -> left.add(file.getFileName().toString()));
    Folders.list(KIT.home().resolve("data/tmp")).stream().map(path -> path.getFileName().toString())
        .filter(name -> name.matches(".*-\\d+") && ProcessHandle.of(Long.parseLong(name.replaceAll("\\D", ""))).isEmpty())
        .forEach(name -> left.add("tmp/" + name));
    return left;
  }

  private static Path folder(String instance) {
    return KIT.extracts().resolve(instance);
  }

  private static Path extract(String instance) {
    return folder(instance).resolve("extract.duckdb");
  }

  private static Path analytics() {
    return KIT.extracts().resolve("analytics.duckdb");
  }

  /** Takes an instance away while no gateway runs. */
  private static void remove(String instance) {
    try {
      Files.deleteIfExists(KIT.home().resolve("etc/connectors").resolve(instance + ".yaml"));
      Folders.fresh(folder(instance));
      Files.delete(folder(instance));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void print() {
    List<String> names = Scenario.all().stream().map(Scenario::name).toList();
    System.out.printf("%-24s", "killed at");
    names.forEach(name -> System.out.printf(" %-9s", name));
    System.out.println("  (extract/analytics right after the kill)");
    table.forEach((step, found) -> {
      System.out.printf("%-24s", step);
      names.forEach(name -> System.out.printf(" %-9s", found.getOrDefault(name, "-")));
      System.out.println();
    });
    System.out.printf("%d steps, %d kills: %d lost rows, %d doubled rows, %d torn states, %d stray files%n", table.size(), kills, lost, doubled,
        torn, strays);
  }
}
