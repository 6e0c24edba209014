package io.connectorkit.contract;

import io.connectorkit.api.AttachesRemote;
import io.connectorkit.api.Capability;
import io.connectorkit.api.Changes;
import io.connectorkit.api.ConnectorContext;
import io.connectorkit.api.Event;
import io.connectorkit.api.RemoteAttach;
import io.connectorkit.api.Streams;
import io.connectorkit.api.TableInfo;
import io.connectorkit.api.Types;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** A shop that can be attached, and sends events; right in every part until a test overrides a method. */
class LiveShop extends Shop implements AttachesRemote, Streams {

  static final TableInfo STOCK = TableInfo.table("in.c-main.stock").can(EnumSet.of(Capability.REMOTE, Capability.STREAM)).key("sku")
      .column("sku", Types.text()).column("count", Types.int64()).column("at", Types.instant()).build();
  static final TableInfo CATALOG = TableInfo.table("catalog").can(EnumSet.of(Capability.REMOTE)).column("sku", Types.text()).build();
  private static final String CAPABILITIES = "discover, read, remote, stream";

  @Override
  Subject packed() {
    Subject shop = super.packed();
    Packaging plain = shop.packaging().orElseThrow();
    Map<String, Object> header = Map.of("connectorkit.connector", "shop", "version", "1.0.0", "capabilities", List.of(CAPABILITIES.split(", ")));
    Packaging packaging = new Packaging(plain.name(), List.of(header), YAML.replace("discover, read", CAPABILITIES).getBytes(StandardCharsets.UTF_8),
        plain.components());
    return new Subject(this, Optional.of(packaging), Map.of(), shop.secrets(), shop.surroundings(), Optional.empty(),
        List.of(event("changed", "stock.changed"), event("gone", "stock.gone")));
  }

  private static Event event(String id, String body) {
    return new Event(id, Instant.parse("2026-01-31T12:00:00Z"), Map.of(), body.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public List<TableInfo> discover(ConnectorContext context) {
    return Stream.concat(super.discover(context).stream(), Stream.of(STOCK, CATALOG)).toList();
  }

  @Override
  public RemoteAttach attach(ConnectorContext context, List<TableInfo> tables) {
    RemoteAttach attach = RemoteAttach.of("shop_db", "keboola", "https://stack.example").tokenIn("SHOP_TOKEN");
    for (TableInfo table : tables) {
      attach = table.equals(STOCK) ? attach.with(table, "in.c-main", "stock") : attach.withCall(table, "keboola_query", "SELECT 1");
    }
    return attach;
  }

  @Override
  public Changes changes(ConnectorContext context, List<TableInfo> tables, List<Event> events) {
    Changes changes = new Changes();
    for (Event event : events) {
      switch (event.text()) {
        case "stock.changed" -> changes.upsert(STOCK.sourceId(), Map.of("sku", "a-1", "count", "7", "at", event.receivedAt()));
        case "stock.gone" -> changes.delete(STOCK.sourceId(), Map.of("sku", "a-1"));
        default -> { }
      }
    }
    return changes;
  }
}
