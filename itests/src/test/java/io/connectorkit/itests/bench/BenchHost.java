package io.connectorkit.itests.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import io.connectorkit.itests.support.Await;
import io.connectorkit.itests.support.Folders;
import io.connectorkit.launcher.HostFolders;
import io.connectorkit.launcher.HostMode;
import io.connectorkit.launcher.HostProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.osgi.framework.BundleContext;

/** The whole host in this JVM, with {@link BenchConnector} deployed. */
final class BenchHost implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofMinutes(20);

  private final Path home;
  private final HostProcess process;
  private final Endpoint endpoint;

  private BenchHost(Path home) {
    this.home = home;
    this.process = HostProcess.start(HostFolders.of(Folders.product(), home), HostMode.GATEWAY);
    this.endpoint = Await.value("the endpoint", () -> Endpoint.of(home));
    BenchJar.version(1).writeTo(home.resolve("deploy/bench.jar"));
  }

  static BenchHost start(String name) {
    return new BenchHost(Folders.fresh(Folders.target().resolve("bench").resolve(name)));
  }

  Path home() {
    return home;
  }

  /** The host's framework, to look into. */
  BundleContext context() {
    return process.context();
  }

  /** The last run of an instance; a missing node if there is none. */
  JsonNode newest(String instance) {
    return endpoint.get("/v1/runs?instance=" + instance).path(0);
  }

  Path extract(String instance) {
    return home.resolve("extracts").resolve(instance);
  }

  /** Configures an instance and waits for the run that this starts; gives its record. */
  JsonNode configure(String instance, String config) {
    return configure(instance, config, "");
  }

  /** The same, with wishes for its tables. */
  JsonNode configure(String instance, String config, String tables) {
    Folders.write(home.resolve("etc/connectors/" + instance + ".yaml"), "connector: bench\nconfig: {" + config + "}\n" + tables);
    return Await.value("the first run of " + instance, PATIENCE, () -> first(instance));
  }

  private Optional<JsonNode> first(String instance) {
    return StreamSupport.stream(endpoint.get("/v1/runs").spliterator(), false).filter(run -> run.path("instance").asText().equals(instance))
        .findFirst();
  }

  /** Runs an instance that is to deliver that many rows; gives the seconds it took. */
  double run(String instance, long rows) {
    long start = System.nanoTime();
    assertEquals(rows, endpoint.run(instance).path("rows").asLong());
    return (System.nanoTime() - start) / 1e9;
  }

  @Override
  public void close() {
    process.close();
  }
}
