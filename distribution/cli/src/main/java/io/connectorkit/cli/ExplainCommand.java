package io.connectorkit.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code kit explain NAME}. */
@Command(name = "explain", description = "Say why a connector is or is not ready.")
final class ExplainCommand extends KitCommand {

  @Parameters(paramLabel = "NAME", description = "Instance, connector, bundle or file name.")
  private String name;

  ExplainCommand(Session session) {
    super(session);
  }

  @Override
  public Integer call() {
    try (Gateway gateway = connect()) {
      Views.texts(gateway.client().get("/v1/explain/" + EndpointClient.segment(name)).path("lines")).forEach(console()::print);
      return ExitCode.OK;
    }
  }
}
