package io.connectorkit.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code kit status}. */
@Command(name = "status", description = "Show the gateway, its connectors and the files in the deploy folder.")
final class StatusCommand extends KitCommand {

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  StatusCommand(Session session) {
    super(session);
  }

  @Override
  public Integer call() {
    Optional<Gateway> running = Gateway.running(folders());
    if (running.isEmpty()) {
      return stopped();
    }
    try (Gateway gateway = running.get()) {
      JsonNode status = gateway.client().get("/v1/status");
      if (json) {
        console().print(Json.pretty(((ObjectNode) status).put("running", true).put("address", gateway.client().address())));
      } else {
        console().print("Gateway runs: process " + status.path("pid").asText() + ", since " + status.path("started").asText() + ", version "
            + status.path("version").asText() + ", Java " + status.path("java").asText() + ", home " + folders().home()
            + ", address " + gateway.client().address());
        Views.connectors(console(), status.path("connectors"));
        console().print("Deploy folder: " + status.path("deployFolder").asText());
        Views.files(console(), status.path("files"));
      }
      return ExitCode.OK;
    }
  }

  private int stopped() {
    DeployFolder deploy = new DeployFolder(folders());
    if (json) {
      ObjectNode status = Json.mapper().createObjectNode().put("running", false).put("home", folders().home().toString());
      ArrayNode files = status.putArray("files");
      deploy.jars().forEach(jar -> files.addObject().put("file", jar.file()).put("bundle", jar.bundle()).put("version", jar.version()));
      console().print(Json.pretty(status));
      return ExitCode.NO_GATEWAY;
    }
    console().say("No gateway runs in " + folders().home() + ". Start it with 'kit start'.");
    TextTable table = new TextTable().column("file").column("bundle").column("version");
    deploy.jars().forEach(jar -> table.row(jar.file(), jar.bundle(), jar.version()));
    console().print(table.toString());
    return ExitCode.NO_GATEWAY;
  }
}
