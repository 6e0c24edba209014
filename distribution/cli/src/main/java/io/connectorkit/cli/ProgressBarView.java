package io.connectorkit.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.Map;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** A bar over the tables of a run with the rows so far beside it: for terminals. */
final class ProgressBarView implements Progress {

  private static final int WIDTH = 100;

  private final Console console;
  private final Map<String, Long> rows = new HashMap<>();
  private ProgressBar bar;

  ProgressBarView(Console console) {
    this.console = console;
  }

  @Override
  public void started(String instance, String task, int steps) {
    bar = new ProgressBarBuilder().setTaskName(instance).setInitialMax(steps).setStyle(ProgressBarStyle.ASCII).hideEta()
        .setUpdateIntervalMillis(100).clearDisplayOnFinish().setConsumer(new ConsoleProgressBarConsumer(console.messages(), WIDTH)).build();
  }

  @Override
  public void rows(JsonNode event) {
    show(event, ", " + Units.rate(event.path("rowsPerSecond")));
  }

  @Override
  public void work(JsonNode event) {
    if (bar != null) {
      bar.setExtraMessage(event.path("table").asText() + ", " + Views.work(event));
    }
  }

  @Override
  public void table(JsonNode event) {
    show(event, "");
    if (bar != null) {
      bar.step();
    }
  }

  private void show(JsonNode event, String rate) {
    String table = event.path("table").asText();
    rows.put(table, event.path("rows").asLong());
    if (bar != null) {
      bar.setExtraMessage(Units.count(rows.values().stream().mapToLong(Long::longValue).sum(), "row") + ", " + table + rate);
    }
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
    }
  }
}
