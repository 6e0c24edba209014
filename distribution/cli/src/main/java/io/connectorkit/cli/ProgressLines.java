package io.connectorkit.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;

/** One line per table, and now and then one about a long table: for files and pipes. */
final class ProgressLines implements Progress {

  private static final long INTERVAL = Duration.ofSeconds(5).toNanos();

  private final Console console;
  private long last = System.nanoTime();

  ProgressLines(Console console) {
    this.console = console;
  }

  @Override
  public void started(String instance, String task, int steps) {
    console.say(instance + ": " + task);
  }

  @Override
  public void rows(JsonNode event) {
    long now = System.nanoTime();
    if (now - last >= INTERVAL) {
      last = now;
      console.say(event.path("table").asText() + ": " + Units.count(event.path("rows").asLong(), "row") + " so far, "
          + Units.bytes(event.path("bytes").asLong()) + ", " + Units.rate(event.path("rowsPerSecond")));
    }
  }

  @Override
  public void work(JsonNode event) {
    long now = System.nanoTime();
    if (now - last >= INTERVAL) {
      last = now;
      console.say(event.path("table").asText() + ": " + Views.work(event) + " so far");
    }
  }

  @Override
  public void table(JsonNode event) {
    String mode = Units.text(event.path("mode"));
    String remarks = Views.remarks(event);
    console.say(event.path("table").asText() + ": " + event.path("outcome").asText() + (mode.isEmpty() ? "" : " (" + mode + ")") + ", "
        + Units.count(event.path("rows").asLong(), "row") + ", " + Units.seconds(event.path("seconds"))
        + (remarks.isEmpty() ? "" : ": " + remarks));
  }

  @Override
  public void close() {
    last = 0;
  }
}
