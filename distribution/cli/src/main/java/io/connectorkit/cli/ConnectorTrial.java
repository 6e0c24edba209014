package io.connectorkit.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.connectorkit.launcher.HostFolders;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A home with one connector and one instance of it, and with the settings of the host's own home.
 *
 * @param folders below the folder for temporary files
 * @param instance its name
 * @param jar as its manifest describes it
 */
record ConnectorTrial(HostFolders folders, String instance, DeployedJar jar) implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Pattern CONNECTOR = Pattern.compile("(?m)^connector:\\s*[\"']?([A-Za-z0-9_]+)");
  private static final String CONNECTORS = "connectors";
  private static final int DELETIONS = 3;

  /** Copies what is needed. The configuration is that file, or that of the instance of this name; null for the latter. */
  static ConnectorTrial prepare(HostFolders home, String subject, Path config) {
    Path own = home.etc().resolve(CONNECTORS).resolve(subject + ".yaml");
    boolean configured = Files.isRegularFile(own) && !Files.isRegularFile(Path.of(subject));
    Path configuration = config != null ? config : configured ? own : null;
    Path source = source(home, subject, configured ? own : null);
    DeployedJar jar = DeployedJar.read(source);
    String instance = configured ? subject : jar.connector().isEmpty() ? jar.file() : jar.connector();
    try {
      HostFolders scratch = HostFolders.of(home.product(), Files.createTempDirectory("contract-"));
      copySettings(home.etc(), scratch.etc());
      scratch.prepare();
      Files.createDirectories(scratch.etc().resolve(CONNECTORS));
      if (configuration != null) {
        Files.copy(configuration, scratch.etc().resolve(CONNECTORS).resolve(instance + ".yaml"), StandardCopyOption.REPLACE_EXISTING);
        copySettings(configuration.resolveSibling(configuration.getFileName().toString().replaceFirst("\\.yaml$", "")),
            scratch.etc().resolve(CONNECTORS).resolve(instance));
      }
      Files.copy(source, scratch.deploy().resolve(jar.file()));
      return new ConnectorTrial(scratch, instance, jar);
    } catch (IOException e) {
      throw new KitException("KIT-7240 cannot set up a home to test '" + subject + "' in: " + e, e);
    }
  }

  /** A jar by its path; else the deployed one with the connector of that instance; else one that comes with the product. */
  private static Path source(HostFolders home, String subject, Path configuration) {
    if (Files.isRegularFile(Path.of(subject))) {
      return Path.of(subject);
    }
    String connector = configuration == null ? subject : connectorIn(configuration);
    DeployFolder deploy = new DeployFolder(home);
    return deploy.jars().stream().filter(jar -> jar.isCalled(subject) || jar.connector().equals(connector)).findFirst()
        .map(jar -> home.deploy().resolve(jar.file())).orElseGet(() -> deploy.source(connector));
  }

  private static String connectorIn(Path configuration) {
    try {
      Matcher matcher = CONNECTOR.matcher(Files.readString(configuration));
      return matcher.find() ? matcher.group(1) : "";
    } catch (IOException e) {
      throw new KitException("KIT-7240 cannot read '" + configuration + "': " + e, e);
    }
  }

  /** What the operator has set for the host counts here as well; the other instances do not. */
  private static void copySettings(Path from, Path to) throws IOException {
    if (!Files.isDirectory(from)) {
      return;
    }
    List<Path> paths;
    try (Stream<Path> found = Files.walk(from)) {
      paths = found.filter(Files::isRegularFile).filter(path -> !from.relativize(path).startsWith(CONNECTORS)).toList();
    }
    for (Path path : paths) {
      Path target = to.resolve(from.relativize(path).toString());
      Files.createDirectories(target.getParent());
      Files.copy(path, target);
    }
  }

  /** Waits until the instance is ready; says why if it does not get so. */
  void awaitReady(EndpointClient client) {
    JsonNode file = new Deployments(client).await(jar.file(), PATIENCE, state -> state.isPresent()
        && !"DEPLOYING".equals(state.get().path("state").asText())).orElseThrow(() -> new KitException("KIT-7241 the host has not looked at '"
        + jar.file() + "' within " + PATIENCE.toSeconds() + " s"));
    if (!"DEPLOYED".equals(file.path("state").asText())) {
      throw new KitException(file.path("reason").asText());
    }
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      JsonNode state = state(client);
      switch (state.path("state").asText()) {
        case "READY" -> {
          return;
        }
        case "", "STARTING" -> {
          if (System.nanoTime() > deadline) {
            throw new KitException("KIT-7241 '" + instance + "' is not ready within " + PATIENCE.toSeconds() + " s: "
                + Units.text(state.path("reason")));
          }
          LockSupport.parkNanos(50_000_000);
        }
        default -> throw new KitException("KIT-7242 '" + instance + "' is " + state.path("state").asText() + ": "
            + Units.text(state.path("reason")) + (state.path("remedy").asText().isEmpty() ? "" : "; " + Units.text(state.path("remedy"))));
      }
    }
  }

  /** Deletes the home; what somebody still writes while it goes is tried again, and left to the next host's sweep in the end. */
  @Override
  public void close() {
    for (int i = 0; i < DELETIONS && Files.exists(folders.home()); i++) {
      try (Stream<Path> paths = Files.walk(folders.home())) {
        for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
          Files.deleteIfExists(path);
        }
      } catch (IOException | UncheckedIOException e) {
        LockSupport.parkNanos(50_000_000);
      }
    }
  }

  private JsonNode state(EndpointClient client) {
    for (JsonNode each : client.get("/v1/connectors")) {
      if (each.path("instance").asText().equals(instance)) {
        return each;
      }
    }
    return Json.mapper().createObjectNode();
  }

  /** Takes the connector out of the host, and returns what of it is left. */
  List<String> remove(Gateway gateway) {
    gateway.uninstall(jar.bundle());
    List<String> left = new ArrayList<>();
    gateway.client().get("/v1/connectors/" + EndpointClient.segment(jar.bundle()) + "/leftovers").forEach(each -> left.add(each.asText()));
    return left;
  }
}
