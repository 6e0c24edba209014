package io.connectorkit.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code kit forget NAME}. */
@Command(name = "forget", description = "Delete what was extracted of an instance that is not deployed any more.")
final class ForgetCommand extends KitCommand {

  @Parameters(paramLabel = "NAME", description = "Instance whose tables, state and run history go.")
  private String name;

  ForgetCommand(Session session) {
    super(session);
  }

  @Override
  public Integer call() {
    try (Gateway gateway = connect()) {
      gateway.client().post("/v1/connectors/" + EndpointClient.segment(name) + "/forget", Json.mapper().createObjectNode());
      console().say("What was extracted of '" + name + "' is deleted.");
      return ExitCode.OK;
    }
  }
}
