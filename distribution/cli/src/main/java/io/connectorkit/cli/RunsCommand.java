package io.connectorkit.cli;

import com.fasterxml.jackson.databind.JsonNode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code kit runs [NAME]}. */
@Command(name = "runs", description = "List the runs of one or all instances, newest first.")
final class RunsCommand extends KitCommand {

  @Parameters(arity = "0..1", paramLabel = "NAME", description = "Instance of a connector.")
  private String name;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  RunsCommand(Session session) {
    super(session);
  }

  @Override
  public Integer call() {
    try (Gateway gateway = connect()) {
      JsonNode runs = gateway.client().get("/v1/runs" + (name == null ? "" : "?instance=" + EndpointClient.segment(name)));
      if (json) {
        console().print(Json.pretty(runs));
      } else {
        Views.runs(console(), runs);
      }
      return ExitCode.OK;
    }
  }
}
