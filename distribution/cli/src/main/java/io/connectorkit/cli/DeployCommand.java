package io.connectorkit.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code kit deploy JAR}. */
@Command(name = "deploy", description = "Put a connector into the deploy folder, or replace it there, and say what became of it.")
final class DeployCommand extends KitCommand {

  /** An upgrade lets the run that goes on come to its end, and tries the new version before it says so. */
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @Parameters(paramLabel = "JAR", description = "A jar, or the short name of a connector that comes with the product, such as jdk.")
  private String jar;

  DeployCommand(Session session) {
    super(session);
  }

  @Override
  public Integer call() {
    DeployFolder deploy = new DeployFolder(folders());
    Path source = deploy.source(jar);
    String file = deploy.replacedBy(source).map(DeployedJar::file).orElse(source.getFileName().toString());
    Optional<Gateway> running = Gateway.running(folders());
    Optional<JsonNode> before = running.flatMap(gateway -> new Deployments(gateway.client()).find(file));
    boolean changed = deploy.place(source, file);
    String content = DeployFolder.sha256(folders().deploy().resolve(file));
    // Without a gateway the host of this command looks at the jar, so that a bad one is known at once.
    try (Gateway gateway = running.orElseGet(this::connect)) {
      Optional<JsonNode> state = new Deployments(gateway.client()).await(file, PATIENCE,
          now -> now.isPresent() && !"DEPLOYING".equals(now.get().path("state").asText())
              && (!changed || content.equals(now.get().path("sha256").asText()) || !now.equals(before)));
      return report(file, state.orElseThrow(() -> new KitException(
          "KIT-7224 the host has not looked at deploy/" + file + " within " + PATIENCE.toSeconds() + " s. See 'kit logs'")),
          gateway.isOwn());
    }
  }

  private int report(String file, JsonNode state, boolean noGateway) {
    if (!"DEPLOYED".equals(state.path("state").asText())) {
      console().say("deploy/" + file + " " + state.path("state").asText() + ": " + Units.text(state.path("reason")));
      return ExitCode.FAILED;
    }
    console().say("deploy/" + file + " deployed: " + Units.text(state.path("bundle")) + " " + Units.text(state.path("version"))
        + (state.path("note").asText().isEmpty() ? "" : ", " + state.path("note").asText()));
    if (noGateway) {
      console().say("No gateway runs: 'kit start' starts one, which extracts it; 'kit extract NAME' extracts it now.");
    }
    return ExitCode.OK;
  }
}
