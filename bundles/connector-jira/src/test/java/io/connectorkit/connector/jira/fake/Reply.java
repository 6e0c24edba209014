package io.connectorkit.connector.jira.fake;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/**
 * An answer.
 *
 * @param retryAfter header; null for none
 * @param cut bytes that are left out at the end, although they are announced
 * @param until what the second half waits for; null for nothing
 */
public record Reply(int status, byte[] body, String retryAfter, int cut, CountDownLatch until) {

  /** A good answer. */
  public static Reply json(Object value) {
    try {
      return new Reply(200, JSON.std.with(JSON.Feature.WRITE_NULL_PROPERTIES).asBytes(value), null, 0, null);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A refusal. */
  public static Reply error(int status, String message) {
    return new Reply(status, json(Map.of("errorMessages", java.util.List.of(message))).body(), null, 0, null);
  }

  /** Too many requests. */
  public static Reply throttled(String retryAfter) {
    return new Reply(429, "{}".getBytes(StandardCharsets.UTF_8), retryAfter, 0, null);
  }

  /** The same, broken off in the middle. */
  public Reply half() {
    return new Reply(status, body, retryAfter, body.length / 2, until);
  }

  /** The same, half of which is held back. */
  public Reply slow(CountDownLatch latch) {
    return new Reply(status, body, retryAfter, cut, latch);
  }

  /** The same with other text. */
  public Reply replace(String regex, String other) {
    return new Reply(status, new String(body, StandardCharsets.UTF_8).replaceAll(regex, other).getBytes(StandardCharsets.UTF_8), retryAfter, cut, until);
  }
}
