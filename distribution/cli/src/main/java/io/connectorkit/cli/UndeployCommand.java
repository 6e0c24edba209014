package io.connectorkit.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code kit undeploy NAME}. */
@Command(name = "undeploy", description = "Delete a connector's jar from the deploy folder; its data stays.")
final class UndeployCommand extends KitCommand {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @Parameters(paramLabel = "NAME", description = "Instance, connector, bundle or file name.")
  private String name;

  UndeployCommand(Session session) {
    super(session);
  }

  @Override
  public Integer call() {
    DeployFolder deploy = new DeployFolder(folders());
    Optional<Gateway> running = Gateway.running(folders());
    String file = file(deploy, running);
    deploy.remove(file);
    if (running.isPresent()) {
      Deployments deployments = new Deployments(running.get().client());
      if (deployments.await(file, PATIENCE, Optional::isEmpty).isPresent()) {
        throw new KitException("KIT-7226 deploy/" + file + " is deleted, but its connector has not stopped within " + PATIENCE.toSeconds()
            + " s. See 'kit explain " + name + "'");
      }
    }
    console().say("deploy/" + file + " removed. What it extracted stays and can be queried, until 'kit forget'.");
    return ExitCode.OK;
  }

  private String file(DeployFolder deploy, Optional<Gateway> running) {
    List<DeployedJar> jars = deploy.jars();
    List<String> files = jars.stream().filter(jar -> jar.isCalled(name)).map(DeployedJar::file).toList();
    if (files.size() > 1) {
      throw new KitException("KIT-7225 '" + name + "' stands for several files: " + String.join(", ", files) + ". Name the file");
    }
    return files.stream().findFirst().or(() -> running.flatMap(this::fileOfInstance)).orElseThrow(() -> new KitException(
        "KIT-7225 nothing called '" + name + "' is deployed. In the deploy folder: " + jars.stream().map(DeployedJar::file).toList()));
  }

  private Optional<String> fileOfInstance(Gateway gateway) {
    for (JsonNode instance : gateway.client().get("/v1/connectors")) {
      if (instance.path("instance").asText().equals(name) && instance.hasNonNull("file")) {
        return Optional.of(instance.get("file").asText());
      }
    }
    return Optional.empty();
  }
}
