package io.connectorkit.contract.junit;

import io.connectorkit.api.Connector;
import io.connectorkit.api.Event;
import io.connectorkit.contract.Check;
import io.connectorkit.contract.CheckResult;
import io.connectorkit.contract.Checks;
import io.connectorkit.contract.ContractRun;
import io.connectorkit.contract.Limits;
import io.connectorkit.contract.Packaging;
import io.connectorkit.contract.SettingsTable;
import io.connectorkit.contract.Subject;
import io.connectorkit.declaration.ConnectorYaml;
import io.connectorkit.declaration.Declaration;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Runs all checks of the contract as tests, each with its id as name. A connector's test is as long as this:
 *
 * <pre>{@code
 * class AcmeContractTest extends ConnectorContract {
 *   protected Connector connector() { return new AcmeConnector(); }
 *   protected Map<String, Object> settings() { return Map.of("url", fake.url()); }
 *   protected Map<String, String> secrets() { return Map.of("ACME_TOKEN", "secret-of-the-fake"); }
 * }
 * }</pre>
 *
 * <p>All methods to override are called once, before the first check. A check that has nothing to look at is
 * shown as skipped, with its reason.
 */
public abstract class ConnectorContract {

  /** The connector; not null. */
  protected abstract Connector connector();

  /** The {@code config} section of an instance, with the defaults of {@code connector.yaml} filled in; empty unless overridden. */
  protected Map<String, Object> settings() {
    return Map.of();
  }

  /** Values of the variables that {@code connector.yaml} declares; empty unless overridden. Use none that are worth anything. */
  protected Map<String, String> secrets() {
    return Map.of();
  }

  /** How much of the source the checks may use. */
  protected Limits limits() {
    return Limits.gentle();
  }

  /** Where the build has put classes, manifest and {@code connector.yaml}: unless overridden the folder from which that class was loaded. */
  protected Path classes(Class<?> connector) {
    return Path.of(URI.create(connector.getProtectionDomain().getCodeSource().getLocation().toString()));
  }

  /**
   * The setting that holds the base URL of a fake server, if there is one: some checks then stand between connector and server and spoil
   * the answers. Empty, as long as it is not overridden: the source is left alone.
   */
  protected Optional<String> fakeServerSetting() {
    return Optional.empty();
  }

  /** Samples of what the source sends, for a connector that streams: one of each kind, each with an id of its own; none unless overridden. */
  protected List<Event> events() {
    return List.of();
  }

  @TestFactory
  final Stream<DynamicTest> contract() throws IOException {
    Connector connector = connector();
    Path classes = classes(connector.getClass());
    Optional<Packaging> packaging =
        Files.exists(classes.resolve("META-INF/MANIFEST.MF")) ? Optional.of(Packaging.ofFolder(classes)) : Optional.empty();
    Subject subject = new Subject(connector, packaging, settings(), secrets(), Subject.Surroundings.PLAIN,
        fakeServerSetting().map(Subject.FakeServer::new), events());
    ContractRun run = new ContractRun(subject, limits());
    List<Check> checks = Checks.all();
    return checks.stream().map(check -> DynamicTest.dynamicTest(check.id(), () -> judge(run.one(check))));
  }

  /** The settings that stand in the README, between the marks of {@link SettingsTable}, are those of connector.yaml. */
  @Test
  final void readmeTellsTheSettings() throws IOException {
    Path readme = Path.of("README.md");
    Path yaml = classes(connector().getClass()).resolve(Declaration.YAML);
    Assumptions.assumeTrue(Files.exists(readme) && Files.exists(yaml), "there is no README.md, or no connector.yaml");
    String text = Files.readString(readme);
    String right;
    try (InputStream stream = Files.newInputStream(yaml)) {
      right = SettingsTable.in(text, ConnectorYaml.read(stream, Declaration.YAML)).orElse(text);
    }
    if (Boolean.getBoolean("kit.readme.write")) {
      Files.writeString(readme, right);
      return;
    }
    Assertions.assertEquals(right, text, "README.md tells of other settings than connector.yaml; -Dkit.readme.write=true writes them anew");
  }

  private static void judge(CheckResult result) {
    switch (result.outcome()) {
      case FAILED -> Assertions.fail(result.line());
      case SKIPPED -> Assumptions.abort(result.message());
      default -> { }
    }
  }
}
