package io.connectorkit.gateway.internal;

import com.fasterxml.jackson.databind.JsonNode;
import io.connectorkit.host.KitException;
import io.connectorkit.host.RunListener;
import io.connectorkit.host.RunOrder;
import io.connectorkit.host.RunRecord;
import io.connectorkit.host.Runs;
import io.connectorkit.host.TableOutcome;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Runs an extraction for a client that watches; when the client goes, the run is cancelled. */
final class RunStream implements RunListener {

  private static final long HEARTBEAT_SECONDS = 2;

  private final Runs runs;
  private final Reply reply;
  private final CompletableFuture<Void> gone = new CompletableFuture<>();

  RunStream(Runs runs, Reply reply) {
    this.runs = runs;
    this.reply = reply;
  }

  void run(JsonNode json) throws IOException {
    List<String> tables = new ArrayList<>();
    json.path("tables").forEach(table -> tables.add(table.asText()));
    RunOrder order = new RunOrder(ControlApi.text(json, "instance"), tables, "manual", json.path("full").asBoolean());
    CompletableFuture<RunRecord> result = runs.start(order, this);
    gone.whenComplete((nothing, failure) -> result.cancel(true));
    try {
      reply.line(Map.of("event", "finished", "run", Views.run(await(result))), true);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof KitException kit ? kit : new IllegalStateException(e.getCause());
    } catch (CancellationException e) {
      throw new IOException("the client is gone", e);
    } catch (InterruptedException e) {
      result.cancel(true);
      Thread.currentThread().interrupt();
    }
  }

  /** Says something every now and then, since only a failing write tells that the client is gone. */
  private RunRecord await(CompletableFuture<RunRecord> result) throws InterruptedException, ExecutionException {
    while (true) {
      try {
        return result.get(HEARTBEAT_SECONDS, TimeUnit.SECONDS);
      } catch (TimeoutException e) {
        send(Map.of("event", "alive"));
      }
    }
  }

  @Override
  public void started(String run, List<String> tables) {
    send(Map.of("event", "started", "run", run, "tables", tables));
  }

  @Override
  public void progress(String table, long rows, long bytes, double rowsPerSecond) {
    send(Map.of("event", "progress", "table", table, "rows", rows, "bytes", bytes, "rowsPerSecond", Math.round(rowsPerSecond)));
  }

  @Override
  public void table(TableOutcome outcome) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("event", "table");
    line.putAll(Views.outcome(outcome));
    send(line);
  }

  private void send(Map<String, Object> line) {
    try {
      reply.line(line, true);
    } catch (IOException e) {
      gone.complete(null);
    }
  }
}
