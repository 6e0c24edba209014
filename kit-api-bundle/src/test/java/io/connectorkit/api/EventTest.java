package io.connectorkit.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EventTest {

  private static final byte[] BODY = "{\"name\": \"Ærlig\"}".getBytes(StandardCharsets.UTF_8);

  @Test
  void headersAreFoundByLowerCaseNamesAndCopied() {
    Map<String, String> headers = new HashMap<>(Map.of("X-Event", "Order"));
    Event event = new Event("1", Instant.EPOCH, headers, BODY);
    headers.put("X-Other", "late");
    assertEquals(Map.of("x-event", "Order"), event.headers());
    assertNull(event.headers().get("X-Event"));
    assertThrows(UnsupportedOperationException.class, () -> event.headers().clear());
  }

  @Test
  void theBodyIsTextInUtf8() {
    assertEquals("{\"name\": \"Ærlig\"}", new Event("1", Instant.EPOCH, Map.of(), BODY).text());
  }

  /** It could not be told from others. */
  @Test
  void anEventWithoutIdOrTimeIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> new Event("", Instant.EPOCH, Map.of(), BODY));
    assertThrows(NullPointerException.class, () -> new Event("1", null, Map.of(), BODY));
    assertThrows(NullPointerException.class, () -> new Event("1", Instant.EPOCH, Map.of(), null));
  }
}
