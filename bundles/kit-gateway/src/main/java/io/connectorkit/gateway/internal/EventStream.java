package io.connectorkit.gateway.internal;

import com.fasterxml.jackson.core.type.TypeReference;
import io.connectorkit.host.KitException;
import io.connectorkit.host.RunListener;
import io.connectorkit.host.TableOutcome;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Tells a client that watches how its work goes on; when the client goes, the work is cancelled. */
final class EventStream implements RunListener {

  private static final long HEARTBEAT_SECONDS = 2;

  private final Reply reply;
  private final CompletableFuture<Void> gone = new CompletableFuture<>();

  EventStream(Reply reply) {
    this.reply = reply;
  }

  /** Stays until the work is done; null if it was interrupted. */
  <T> T watch(CompletableFuture<T> result) throws IOException {
    gone.whenComplete((nothing, failure) -> result.cancel(true));
    try {
      return await(result);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof KitException kit ? kit : new IllegalStateException(e.getCause());
    } catch (CancellationException e) {
      throw new IOException("the client is gone", e);
    } catch (InterruptedException e) {
      result.cancel(true);
      Thread.currentThread().interrupt();
      return null;
    }
  }

  /** Says something every now and then, since only a failing write tells that the client is gone. */
  private <T> T await(CompletableFuture<T> result) throws InterruptedException, ExecutionException {
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
  public void work(String table, long done, long expected) {
    send(Map.of("event", "work", "table", table, "done", done, "expected", expected));
  }

  @Override
  public void table(TableOutcome outcome) {
    Map<String, Object> line = new LinkedHashMap<>(Map.of("event", "table"));
    line.putAll(Reply.json().convertValue(Views.outcome(outcome), new TypeReference<LinkedHashMap<String, Object>>() {}));
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
