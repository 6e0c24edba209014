import io.connectorkit.api.Event;
import java.time.Instant;
import java.util.List;

  @Override
  protected List<Event> events() {
    return List.of(new Event("1", Instant.EPOCH, Map.of("X-Event", "order.deleted", "X-Order", "1"), new byte[0]),
        new Event("2", Instant.EPOCH, Map.of("X-Event", "order.changed", "X-Order", "2"), new byte[0]));
  }
