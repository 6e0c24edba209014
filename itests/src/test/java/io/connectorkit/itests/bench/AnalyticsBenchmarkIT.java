package io.connectorkit.itests.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.connectorkit.itests.support.Await;
import io.connectorkit.itests.support.DriverProcess;
import io.connectorkit.itests.support.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The database over hundreds of sources: how long it takes to build it and to refresh it, and whether readers notice. */
@Tag("benchmark")
class AnalyticsBenchmarkIT {

  private static final boolean FULL = Boolean.getBoolean("kit.full");
  private static final int SOURCES = Integer.getInteger("kit.sources", FULL ? 200 : 20);
  private static final int TABLES = 20;
  private static final int ROWS = 10;
  private static final int READERS = FULL ? 4 : 1;
  private static final int REFRESHES = FULL ? 40 : 5;
  private static final int RESTARTS = FULL ? 5 : 1;
  private static final long SECONDS = Long.getLong("kit.seconds", FULL ? 600 : 3);
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final String DRIVER = System.getProperty("kit.duckdb.version");
  private static final Pattern TOLD = Pattern.compile("analytics.duckdb has (\\d+) views over (\\d+) sources, (built|refreshed) in (\\d+) ms");

  private final Path home = Folders.fresh(Folders.target().resolve("bench/analytics"));
  private final Path database = home.resolve("extracts/analytics.duckdb");
  private final List<DriverProcess> readers = new ArrayList<>();
  private GatewayProcess gateway;
  private int source;

  @AfterEach
  void stop() {
    readers.forEach(DriverProcess::close);
    if (gateway != null) {
      gateway.close();
    }
  }

  @Test
  void manySourcesAreBuiltAndRefreshedSoonAndNoReaderNotices() throws Exception {
    prepare();
    double[] restarts = new double[RESTARTS];
    for (int i = 0; i < RESTARTS; i++) {
      restarts[i] = restartWithoutDatabase();
    }
    double[] builds = told("built", RESTARTS);
    for (int i = 0; i < REFRESHES; i++) {
      refresh();
    }
    double[] refreshes = told("refreshed", REFRESHES);
    Measured.report("analytics of %d sources x %d tables: extracts read and database built in median %.3f s (%s), %.3f s after the command to start the"
        + " host; refreshed after the run of one in median %.3f s, at most %.3f s", SOURCES, TABLES, Measured.median(builds), Measured.all(builds),
        Measured.median(restarts), Measured.median(refreshes), Arrays.stream(refreshes).max().orElseThrow());
    aClientReadsAll();
    readWhileAllIsBuiltAndRefreshed();
  }

  /** Extracts all sources, with a log that tells of refreshes. */
  private void prepare() throws IOException {
    Path log = Folders.product().resolve("etc/logback.xml");
    Folders.write(home.resolve("etc/logback.xml"), Folders.read(log).replace("<root ",
        "<logger name=\"io.connectorkit.runtime.internal.analytics.AnalyticsFile\" level=\"DEBUG\"/>\n  <root "));
    // What readers have open stays for longer than they have it open; to keep all for the time of the test would only fill the disk.
    Folders.write(home.resolve("etc/io.connectorkit.host.cfg"), "connector.runs = 4\nsnapshot.grace.minutes = 1\n");
    for (int i = 0; i < SOURCES; i++) {
      Folders.write(home.resolve("etc/connectors/" + source(i) + ".yaml"), "connector: bench\nconfig: {shape: NARROW, tables: " + TABLES + ", rows: "
          + ROWS + "}\n");
    }
    BenchJar.version(1).writeTo(home.resolve("deploy/bench.jar"));
    gateway = GatewayProcess.start(home, Map.of());
    Await.value("all sources", PATIENCE, () -> Optional.of(true).filter(done -> Folders.read(log()).split(": OK, ", -1).length > SOURCES));
  }

  private Path log() {
    return home.resolve("data/log/kit.log");
  }

  private static String source(int number) {
    return String.format("s%03d", number % SOURCES);
  }

  /** Gives the seconds from the start of the command to the database. */
  private double restartWithoutDatabase() throws IOException {
    gateway.close();
    Files.delete(database);
    int before = log("built").length;
    long begin = System.nanoTime();
    gateway = GatewayProcess.start(home, Map.of());
    Await.until("the database", () -> log("built").length > before);
    return (System.nanoTime() - begin) / 1e9;
  }

  private void refresh() {
    gateway.endpoint().run(source(source++));
  }

  /** The seconds of the last ones that the log tells of. */
  private double[] told(String what, int count) {
    double[] all = log(what);
    return Arrays.copyOfRange(all, all.length - count, all.length);
  }

  private double[] log(String what) {
    return Folders.read(log()).lines().map(TOLD::matcher).filter(Matcher::find).filter(told -> told.group(3).equals(what))
        .mapToDouble(told -> Integer.parseInt(told.group(4)) / 1e3).toArray();
  }

  private void aClientReadsAll() {
    Map<String, String> expected = new TreeMap<>();
    for (int table = 0; table < TABLES; table++) {
      String name = "narrow" + (table == 0 ? "" : table);
      expected.put("main." + name, String.valueOf(ROWS));
      for (int i = 0; i < SOURCES; i++) {
        expected.put(source(i) + "." + name, String.valueOf(ROWS));
      }
    }
    assertEquals(expected, DriverProcess.read(DRIVER, database));
  }

  private void readWhileAllIsBuiltAndRefreshed() throws IOException {
    int views = (SOURCES + 1) * TABLES;
    for (int i = 0; i < READERS; i++) {
      readers.add(DriverProcess.start(DRIVER, AnalyticsReader.class, database, String.valueOf(views), String.valueOf(ROWS),
          String.valueOf(i * views / READERS)));
    }
    int refreshed = log("refreshed").length;
    int built = log("built").length;
    int round = 0;
    long end = System.nanoTime() + Duration.ofSeconds(SECONDS).toNanos();
    while (System.nanoTime() < end) {
      refresh();
      if (++round % REFRESHES == 0) {
        gateway.close();
        gateway = GatewayProcess.start(home, Map.of());
      }
      assertTrue(readers.stream().allMatch(DriverProcess::isAlive), () -> "a reader has ended: " + readers.stream().map(DriverProcess::output).toList());
    }
    double[] refreshes = told("refreshed", log("refreshed").length - refreshed);
    double[] builds = told("built", log("built").length - built);
    // Newer JDKs also print a warning on the use of native libraries.
    int looks = readers.stream().flatMap(reader -> reader.end().lines()).filter(line -> line.startsWith("looks="))
        .mapToInt(line -> Integer.parseInt(line.substring("looks=".length()))).sum();
    Measured.report("%d reader processes beside it for %d s: %d times opened and read without an error; builds in (%s) s; %d refreshes in median %.3f s,"
        + " at most %.3f s", READERS, SECONDS, looks, Measured.all(builds), refreshes.length, Measured.median(refreshes),
        Arrays.stream(refreshes).max().orElseThrow());
  }
}
