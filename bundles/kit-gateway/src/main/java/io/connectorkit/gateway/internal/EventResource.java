package io.connectorkit.gateway.internal;

import io.connectorkit.host.EventInboxes;
import io.connectorkit.host.EventStatus;
import io.connectorkit.host.KitException;
import io.connectorkit.host.QuarantinedEvent;
import java.io.IOException;
import java.util.List;
import java.util.Objects;

/** Events of sources: how many wait, and those that were set aside. */
final class EventResource implements Resource {

  private static final String ONE = "/api/events/{instance}";
  private static final int MOST = 1_000;

  /** How it stands with the events of an instance; {@code error} is what keeps them from being published. */
  record Inbox(String instance, long received, long waiting, int quarantined, boolean full, String error) {}

  /** An event that its connector could not deal with, with the beginning of its body. */
  record Aside(long sequence, String id, String receivedAt, String quarantinedAt, String reason, int bytes, String preview) {}

  /** Which events, by sequence; for a replay none stands for all. */
  record Wanted(List<Long> events) {}

  /** How many it concerned. */
  record Count(int count) {}

  private final EventInboxes inboxes;

  EventResource(EventInboxes inboxes) {
    this.inboxes = inboxes;
  }

  @Override
  public List<Route> routes() {
    return List.of(
        Route.get("/api/events", "listInboxes", "How it stands with the events of each instance that takes some").givesMany(Inbox.class)
            .by(call -> inboxes.status().stream().map(EventResource::inbox).toList()),
        Route.get(ONE + "/quarantine", "listQuarantine", "Events that were set aside, oldest first")
            .query("limit", "integer", "How many, 100 unless given, at most " + MOST).givesMany(Aside.class)
            .by(call -> inboxes.quarantine(known(call), call.number("limit", 1, MOST, 100)).stream().map(EventResource::aside).toList()),
        Route.post(ONE + "/replay", "replayEvents", "Has events come again that were set aside").needs(Role.OPERATE).takes(Wanted.class).gives(Count.class)
            .by(call -> new Count(inboxes.replay(known(call), wanted(call)))),
        Route.post(ONE + "/drop", "dropEvents", "Deletes events that were set aside").needs(Role.DEPLOY).takes(Wanted.class).gives(Count.class)
            .by(this::drop));
  }

  private String known(Call call) {
    String instance = call.path("instance");
    if (inboxes.status().stream().map(EventStatus::instance).noneMatch(instance::equals)) {
      throw new KitException("KIT-6004", "'" + instance + "' takes no events");
    }
    return instance;
  }

  private Count drop(Call call) throws IOException {
    List<Long> events = wanted(call);
    if (events.isEmpty()) {
      throw new KitException("KIT-6003", "'events' must name one or more; to delete is for good");
    }
    return new Count(inboxes.drop(known(call), events));
  }

  private static List<Long> wanted(Call call) throws IOException {
    List<Long> events = call.body(Wanted.class).events();
    if (events == null || events.stream().anyMatch(Objects::isNull)) {
      throw new KitException("KIT-6003", "'events' must be a list of numbers");
    }
    return events;
  }

  private static Inbox inbox(EventStatus status) {
    return new Inbox(status.instance(), status.received(), status.waiting(), status.quarantined(), status.full(), status.error());
  }

  private static Aside aside(QuarantinedEvent event) {
    return new Aside(event.sequence(), event.id(), event.receivedAt().toString(), event.quarantinedAt().toString(), event.reason(), event.bytes(),
        event.preview());
  }
}
