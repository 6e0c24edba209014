package io.connectorkit.api;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * A message of a source about something that happened, as it came: a webhook's request, or a message of a connection that the connector
 * holds. The host has stored it before the connector sees it, and hands it over until it is dealt with.
 *
 * @param id tells an event from others of the instance: one that comes twice with the same id counts once; not empty
 * @param receivedAt by the host's clock
 * @param headers of the request, by lower-case name, those with the signature left out; empty for events of a connection
 * @param body as received; belongs to the event and is not to be changed
 */
public record Event(String id, Instant receivedAt, Map<String, String> headers, byte[] body) {

  /** Copies the headers, their names in lower case. */
  public Event {
    Objects.requireNonNull(receivedAt);
    Objects.requireNonNull(body);
    if (id.isEmpty()) {
      throw new IllegalArgumentException("an event has no id");
    }
    Map<String, String> lower = new TreeMap<>();
    headers.forEach((name, value) -> lower.put(name.toLowerCase(Locale.ROOT), value));
    headers = Collections.unmodifiableMap(lower);
  }

  /** The body as text, UTF-8. */
  public String text() {
    return new String(body, StandardCharsets.UTF_8);
  }
}
