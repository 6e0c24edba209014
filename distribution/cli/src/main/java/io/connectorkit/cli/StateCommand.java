package io.connectorkit.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code kit state NAME}. */
@Command(name = "state", description = "Show how far each table of an instance has been read, or have it read from the start again.")
final class StateCommand extends KitCommand {

  @Parameters(paramLabel = "NAME", description = "Instance of a connector.")
  private String name;

  @Option(names = "--reset", paramLabel = "T", description = "The next run reads all rows of this table; may be repeated.")
  private List<String> resets = List.of();

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  StateCommand(Session session) {
    super(session);
  }

  @Override
  public Integer call() {
    try (Gateway gateway = connect()) {
      JsonNode tables = tables(gateway.client(), "/v1/connectors/" + EndpointClient.segment(name) + "/state");
      if (json) {
        console().print(Json.pretty(tables));
      } else {
        Views.state(console(), tables);
      }
      return ExitCode.OK;
    }
  }

  private JsonNode tables(EndpointClient client, String path) {
    if (resets.isEmpty()) {
      return client.get(path);
    }
    ObjectNode request = Json.mapper().createObjectNode();
    resets.forEach(request.putArray("reset")::add);
    JsonNode tables = client.post(path, request);
    console().say("Reset: the next run reads all rows of " + String.join(", ", resets) + "; what is published stays until then");
    return tables;
  }
}
