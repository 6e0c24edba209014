package io.connectorkit.itests.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.connectorkit.itests.scripted.TinyConnector;
import io.connectorkit.itests.support.Await;
import io.connectorkit.itests.support.ConnectorJar;
import io.connectorkit.itests.support.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Hundreds of connectors in one host: deployed at once, there again after a restart, and quiet when there is nothing to do. */
@Tag("benchmark")
class ManyBundlesBenchmarkIT {

  private static final boolean FULL = Boolean.getBoolean("kit.full");
  private static final int BUNDLES = Integer.getInteger("kit.bundles", FULL ? 500 : 20);
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final Duration IDLE = FULL ? Duration.ofSeconds(20) : Duration.ofSeconds(3);
  private static final double TICKS_PER_SECOND = 100;

  private final Path home = Folders.fresh(Folders.target().resolve("bench/many"));
  private Process process;

  @AfterEach
  void stop() throws InterruptedException {
    process.destroy();
    assertTrue(process.waitFor(60, TimeUnit.SECONDS), "the gateway stops when it is told to");
  }

  private Endpoint start() throws IOException {
    ProcessBuilder builder = new ProcessBuilder(Folders.product().resolve("bin/kit").toString(), "run");
    builder.environment().put("KIT_HOME", home.toString());
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.redirectErrorStream(true).redirectOutput(home.resolve("out.txt").toFile());
    process = builder.start();
    return Await.value("the gateway, see " + home, () -> Endpoint.of(home).filter(endpoint -> endpoint.pid() == process.pid()));
  }

  @Test
  void hundredsOfConnectorsAreDeployedAtOnceAndStartAgainSoon() throws Exception {
    for (int i = 0; i < BUNDLES; i++) {
      String name = String.format("c%03d", i);
      ConnectorJar.of(name, "1.0.0").implementation(List.of(TinyConnector.class)).yaml("name: " + name + "\nversion: \"1.0.0\"\n"
          + "capabilities: [discover, read]\n").writeTo(home.resolve("made").resolve(name + ".jar"));
    }
    Endpoint endpoint = start();
    long begin = System.nanoTime();
    for (Path jar : Folders.list(home.resolve("made"))) {
      Files.move(jar, home.resolve("deploy").resolve(jar.getFileName()));
    }
    double ready = until(begin, "all are deployed", " deployed c", BUNDLES);
    Await.until("all are READY", () -> ready(endpoint.get("/v1/connectors")) == BUNDLES);
    double extracted = until(begin, "all have run", ": OK, ", BUNDLES);
    Await.until("the last one can be queried", () -> endpoint.post("/v1/query",
        "{\"sql\":\"SELECT count(*) FROM c" + String.format("%03d", BUNDLES - 1) + ".t\"}").contains("[3]"));
    stop();
    begin = System.nanoTime();
    Endpoint again = start();
    double restarted = until(begin, "all are deployed again", " deployed c", 2 * BUNDLES);
    Await.until("all are READY again", () -> ready(again.get("/v1/connectors")) == BUNDLES);
    assertEquals(BUNDLES, again.get("/v1/runs").size(), "what was fresh is not extracted again");
    double idle = idle();
    String log = Folders.read(home.resolve("data/log/kit.log"));
    assertEquals(List.of(), log.lines().filter(line -> line.startsWith("\tat ")).toList(), "no stack trace");
    Measured.report("%d connector bundles dropped at once: all READY after %.2f s, all extracted after %.2f s; start of the host with all of them %.2f s;"
        + " idle afterwards: %.2f %% of a core", BUNDLES, ready, extracted, restarted, idle * 100);
  }

  /** By its log: to ask a host for hundreds of connectors over and over would take the time that is measured. */
  private double until(long begin, String what, String words, int times) {
    Path log = home.resolve("data/log/kit.log");
    Await.value(what, PATIENCE, () -> Optional.of(true).filter(done -> Folders.read(log).split(words, -1).length - 1 >= times));
    return (System.nanoTime() - begin) / 1e9;
  }

  private static long ready(JsonNode connectors) {
    return StreamSupport.stream(connectors.spliterator(), false).filter(each -> List.of("READY", "RUNNING").contains(each.path("state").asText()))
        .count();
  }

  /** The part of a core that the process takes while nobody wants anything. */
  private double idle() throws IOException {
    Path stat = Path.of("/proc/" + process.pid() + "/stat");
    if (!Files.exists(stat)) {
      return 0;
    }
    // What the start has left to do is not what is measured.
    LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(FULL ? 15 : 2));
    double before = ticks(stat);
    LockSupport.parkNanos(IDLE.toNanos());
    return (ticks(stat) - before) / TICKS_PER_SECOND / IDLE.toSeconds();
  }

  private static double ticks(Path stat) {
    String[] fields = Folders.read(stat).replaceFirst(".*\\) ", "").split(" ");
    return Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
  }
}
