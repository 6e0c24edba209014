package io.connectorkit.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** One run of an instance, shown while it goes on. */
final class Extraction {

  private final EndpointClient client;
  private final Console console;

  Extraction(EndpointClient client, Console console) {
    this.client = client;
    this.console = console;
  }

  /** Returns the finished run. No tables means all of them; full means all of their rows. */
  JsonNode run(String instance, List<String> tables, boolean full) {
    ObjectNode request = Json.mapper().createObjectNode().put("instance", instance).put("full", full);
    if (!tables.isEmpty()) {
      tables.forEach(request.putArray("tables")::add);
    }
    return Watching.of(client, console, "/v1/runs", request,
        names -> "extracting " + Units.count(names.size(), "table")).path("run");
  }

  static String summary(JsonNode run) {
    String error = run.path("tables").isEmpty() ? Units.text(run.path("error")) : "";
    return Units.text(run.path("instance")) + ": " + Units.text(run.path("outcome")) + ", "
        + Units.count(run.path("tables").size(), "table") + ", " + Units.count(run.path("rows").asLong(), "row") + ", "
        + Units.bytes(run.path("bytes").asLong()) + " in " + Units.seconds(run.path("seconds"))
        + (error.isEmpty() ? "" : ": " + error);
  }
}
