package io.connectorkit.gateway.internal;

import com.fasterxml.jackson.databind.JsonNode;
import io.connectorkit.api.WriteMode;
import io.connectorkit.host.KitException;
import io.connectorkit.host.TableWrites;
import io.connectorkit.host.WriteOrder;
import io.connectorkit.host.WriteRecord;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** Writes rows back into a source for a client that watches. */
final class WriteStream {

  private WriteStream() {}

  static void run(TableWrites writes, JsonNode json, Reply reply) throws IOException {
    String mode = json.path("mode").asText(WriteMode.APPEND.label());
    WriteOrder order = new WriteOrder(ControlApi.text(json, "instance"), ControlApi.text(json, "table"),
        WriteMode.ofLabel(mode).orElseThrow(() -> new KitException("KIT-6003", "'" + mode + "' is no mode; use append, upsert or delete")),
        ControlApi.text(json, "sql"), json.path("dryRun").asBoolean(), json.path("id").asText(""));
    EventStream events = new EventStream(reply);
    WriteRecord record = events.watch(writes.start(order, events));
    if (record != null) {
      reply.line(Map.of("event", "finished", "write", view(record)), true);
    }
  }

  private static Map<String, Object> view(WriteRecord write) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("write", write.write());
    view.put("instance", write.instance());
    view.put("table", write.table());
    view.put("mode", write.mode().label());
    view.put("dryRun", write.dryRun());
    view.put("startedAt", write.startedAt().toString());
    view.put("seconds", write.seconds());
    view.put("outcome", write.outcome().name());
    view.put("rows", write.rows());
    view.put("taken", write.taken());
    view.put("refused", write.refused());
    view.put("refusals", write.refusals().stream().map(WriteStream::view).toList());
    view.put("error", write.error());
    return view;
  }

  private static Map<String, Object> view(WriteRecord.Refusal refusal) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("row", refusal.row());
    view.put("key", refusal.key());
    view.put("reason", refusal.reason());
    return view;
  }
}
