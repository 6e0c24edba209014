package io.connectorkit.gateway.internal;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** Server-sent events. Whoever has something to tell does not wait for the client; one that reads too slowly is let go. */
final class EventFeed implements AutoCloseable {

  static final String MEDIA_TYPE = "text/event-stream";

  private static final int WAITING = 1_000;
  private static final long HEARTBEAT_SECONDS = 10;
  private static final byte[] HEARTBEAT = ": still here\n\n".getBytes(StandardCharsets.UTF_8);

  private record Message(Object value, boolean last) {}

  private final HttpServletResponse response;
  private final BlockingQueue<Message> waiting = new ArrayBlockingQueue<>(WAITING);
  private final AtomicBoolean behind = new AtomicBoolean();

  EventFeed(HttpServletResponse response) {
    this.response = response;
  }

  /** Has an event sent; the last one ends the feed. */
  void offer(Object value, boolean last) {
    if (!waiting.offer(new Message(value, last))) {
      behind.set(true);
    }
  }

  /** Sends until the last event was sent, the client is gone or too far behind, or the host stops. */
  void run() throws IOException {
    response.setContentType(MEDIA_TYPE);
    response.setCharacterEncoding("UTF-8");
    OutputStream out = response.getOutputStream();
    // So that the client knows at once that it is heard.
    out.write(HEARTBEAT);
    response.flushBuffer();
    try {
      while (!behind.get()) {
        Message message = waiting.poll(HEARTBEAT_SECONDS, TimeUnit.SECONDS);
        if (message == null) {
          out.write(HEARTBEAT);
        } else {
          out.write("data: ".getBytes(StandardCharsets.UTF_8));
          out.write(Reply.json().writeValueAsBytes(message.value()));
          out.write("\n\n".getBytes(StandardCharsets.UTF_8));
        }
        if (waiting.isEmpty()) {
          response.flushBuffer();
        }
        if (message != null && message.last()) {
          return;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    waiting.clear();
  }
}
