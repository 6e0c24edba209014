package io.connectorkit.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

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
    AtomicReference<JsonNode> run = new AtomicReference<>();
    try (Progress progress = console.isTerminal() ? new ProgressBarView(console) : new ProgressLines(console)) {
      client.lines("/v1/runs", request, "finished", event -> {
        switch (event.path("event").asText()) {
          case "started" -> progress.started(event.path("instance").asText(instance), event.path("tables").size());
          case "progress" -> progress.rows(event);
          case "table" -> progress.table(event);
          case "finished" -> run.set(event.path("run"));
          default -> { }
        }
      });
    }
    return run.get();
  }

  static String summary(JsonNode run) {
    String error = run.path("tables").isEmpty() ? Units.text(run.path("error")) : "";
    return Units.text(run.path("instance")) + ": " + Units.text(run.path("outcome")) + ", "
        + Units.count(run.path("tables").size(), "table") + ", " + Units.count(run.path("rows").asLong(), "row") + ", "
        + Units.bytes(run.path("bytes").asLong()) + " in " + Units.seconds(run.path("seconds"))
        + (error.isEmpty() ? "" : ": " + error);
  }
}
