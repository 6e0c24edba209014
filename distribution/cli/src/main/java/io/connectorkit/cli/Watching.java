package io.connectorkit.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

/** Has the host do something that takes its time, and shows how it goes on. */
final class Watching {

  private Watching() {}

  /**
   * Returns the last event.
   *
   * @param request names the instance
   * @param task says what is done with these tables
   */
  static JsonNode of(EndpointClient client, Console console, String path, JsonNode request, Function<List<String>, String> task) {
    AtomicReference<JsonNode> last = new AtomicReference<>();
    String instance = request.path("instance").asText();
    try (Progress progress = console.isTerminal() ? new ProgressBarView(console) : new ProgressLines(console)) {
      client.lines(path, request, "finished", event -> {
        switch (event.path("event").asText()) {
          case "started" -> {
            List<String> tables = Views.texts(event.path("tables"));
            progress.started(instance, task.apply(tables), tables.size());
          }
          case "progress" -> progress.rows(event);
          case "table" -> progress.table(event);
          case "finished" -> last.set(event);
          default -> { }
        }
      });
    }
    return last.get();
  }
}
