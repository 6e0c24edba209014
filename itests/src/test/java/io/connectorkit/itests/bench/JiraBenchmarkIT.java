package io.connectorkit.itests.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.connectorkit.connector.jira.fake.FakeJira;
import io.connectorkit.connector.jira.fake.FakeSite;
import io.connectorkit.itests.support.Await;
import io.connectorkit.itests.support.Folders;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** All issues of a site whose answers each take a while, against the time that its requests take if nothing else does. */
@Tag("benchmark")
class JiraBenchmarkIT {

  private static final boolean FULL = Boolean.getBoolean("kit.full");
  private static final int ISSUES = FULL ? 10_000 : 1_000;
  private static final int ROUNDS = FULL ? 3 : 1;
  private static final int PARALLEL = 8;
  private static final Duration LATENCY = Duration.ofMillis(20);

  @Test
  void aWalkTakesLittleMoreThanItsRequests() throws Exception {
    Path home = Folders.fresh(Folders.target().resolve("bench/jira"));
    try (FakeJira jira = new FakeJira(new FakeSite(ISSUES)).limits(100, 20);
        GatewayProcess gateway = GatewayProcess.start(home, Map.of("JIRA_API_TOKEN", FakeJira.TOKEN))) {
      Files.copy(Folders.product().resolve("system/connectors/connector-jira.jar"), home.resolve("deploy/connector-jira.jar"));
      Folders.write(home.resolve("etc/connectors/site.yaml"), "connector: jira\nconfig: {url: '" + jira.url() + "', email: " + FakeJira.EMAIL + ", parallel: "
          + PARALLEL + "}\ntables: {'*': {strategy: replace}}\n");
      Await.value("the first run", Duration.ofMinutes(5), () -> Optional.of(gateway.endpoint().get("/v1/runs?instance=site")).filter(runs -> !runs.isEmpty()));
      jira.latency(LATENCY);
      double[] runs = new double[ROUNDS];
      double[] ideals = new double[ROUNDS];
      for (int round = 0; round < ROUNDS; round++) {
        jira.asked();
        long begin = System.nanoTime();
        long rows = gateway.endpoint().run("site").path("rows").asLong();
        runs[round] = (System.nanoTime() - begin) / 1e9;
        int requests = jira.asked().size();
        assertTrue(rows > ISSUES && requests >= ISSUES + ISSUES / 100, rows + " rows by " + requests + " requests");
        assertTrue(requests <= ISSUES + ISSUES / 100 + 10, "requests " + requests);
        ideals[round] = requests * LATENCY.toNanos() / 1e9 / PARALLEL;
      }
      assertEquals(ISSUES, jira.expected().of("issues").size());
      double ratio = Measured.median(runs) / Measured.median(ideals);
      Measured.report("Jira, %d issues with %d ms for each answer, %d requests at a time: %.2f of what its requests take (medians %.3f s and %.3f s; run %s)",
          ISSUES, LATENCY.toMillis(), PARALLEL, ratio, Measured.median(runs), Measured.median(ideals), Measured.all(runs));
      assertTrue(!FULL || ratio <= 1.2, "ratio " + ratio);
    }
  }
}
