import static io.connectorkit.api.Capability.STREAM;
import io.connectorkit.api.Changes;
import io.connectorkit.api.Event;
import io.connectorkit.api.Streams;
import java.util.EnumSet;
import java.util.Map;

  /** Webhooks, stored by the host, in their order. After a crash the same ones come again, and have to end in the same rows. */
  @Override
  public Changes changes(ConnectorContext context, List<TableInfo> tables, List<Event> events) {
    Changes changes = new Changes();
    for (Event event : events) {
      String order = event.headers().getOrDefault("x-order", "");
      switch (event.headers().getOrDefault("x-event", "")) {
        case "order.changed" -> http(context).get("/orders").param("id", order).paged(byToken("next")).pages("data")
            .forEachRemaining(page -> page.forEach(row -> changes.upsert("orders", row)));
        case "order.deleted" -> changes.delete("orders", Map.of("id", order));
        default -> { } // kinds of events that came after this connector was written
      }
    }
    return changes;
  }
