package io.connectorkit.gateway.internal;

import com.fasterxml.jackson.databind.JsonNode;
import io.connectorkit.host.RunOrder;
import io.connectorkit.host.RunRecord;
import io.connectorkit.host.Runs;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Runs an extraction for a client that watches. */
final class RunStream {

  private RunStream() {}

  static void run(Runs runs, JsonNode json, Reply reply) throws IOException {
    List<String> tables = new ArrayList<>();
    json.path("tables").forEach(table -> tables.add(table.asText()));
    RunOrder order = new RunOrder(ControlApi.text(json, "instance"), tables, "manual", json.path("full").asBoolean());
    EventStream events = new EventStream(reply);
    RunRecord record = events.watch(runs.start(order, events));
    if (record != null) {
      reply.line(Map.of("event", "finished", "run", Views.run(record)), true);
    }
  }
}
