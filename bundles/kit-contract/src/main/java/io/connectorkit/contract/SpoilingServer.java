package io.connectorkit.contract;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** Stands between a connector and the server that fakes its source: passes on what either says, and spoils answers. */
final class SpoilingServer implements AutoCloseable {

  /** An answer. */
  record Answer(int status, byte[] body, String type, String link, String retryAfter) {

    Answer status(int other, String after) {
      return new Answer(other, "{}".getBytes(StandardCharsets.UTF_8), "application/json", null, after);
    }

    Answer body(byte[] other) {
      return new Answer(status, other, type, link, retryAfter);
    }
  }

  /** Makes another answer out of one. */
  @FunctionalInterface
  interface Spoiling {
    /** The answer to give. The number of the request counts from 1; the server has given the answer unless it is not asked. */
    Answer spoil(int request, Source server) throws IOException;
  }

  /** The server's answer. */
  @FunctionalInterface
  interface Source {
    Answer ask() throws IOException;
  }

  private static final Set<String> OWN = Set.of("host", "connection", "content-length", "transfer-encoding", "upgrade", "http2-settings");

  private final String target;
  private final HttpServer server;
  private final Spoiling spoiling;
  private final boolean slow;
  private final AtomicInteger requests = new AtomicInteger();
  private final CountDownLatch answering = new CountDownLatch(1);
  private final CountDownLatch closing = new CountDownLatch(1);
  private final ExecutorService threads = Executors.newCachedThreadPool(work -> {
    Thread thread = new Thread(work, "kit-contract-server");
    thread.setDaemon(true);
    return thread;
  });

  /**
   * Begins to listen.
   *
   * @param target base URL of the server
   * @param slow whether answers never come to their end
   */
  SpoilingServer(String target, Spoiling spoiling, boolean slow) throws IOException {
    this.target = target.replaceFirst("/+$", "");
    this.spoiling = spoiling;
    this.slow = slow;
    this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  /** What the connector takes for the server's base URL. */
  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** A value as it is where the server's own URL is known. */
  Object original(Object value) {
    return value instanceof String text ? text.replace(url(), target) : value;
  }

  int requests() {
    return requests.get();
  }

  /** Counts down when the first answer has begun. */
  CountDownLatch answering() {
    return answering;
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      Answer answer = spoiling.spoil(requests.incrementAndGet(), () -> ask(exchange, body));
      exchange.getResponseHeaders().set("Content-Type", answer.type());
      if (answer.link() != null) {
        exchange.getResponseHeaders().set("Link", answer.link().replace(target, url()));
      }
      if (answer.retryAfter() != null) {
        exchange.getResponseHeaders().set("Retry-After", answer.retryAfter());
      }
      byte[] content = new String(answer.body(), StandardCharsets.UTF_8).replace(target, url()).getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(answer.status(), content.length == 0 ? -1 : content.length);
      if (slow) {
        exchange.getResponseBody().write(content, 0, Math.min(1, content.length));
        exchange.getResponseBody().flush();
        answering.countDown();
        closing.await();
      } else if (content.length > 0) {
        exchange.getResponseBody().write(content);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Answer ask(HttpExchange exchange, byte[] body) throws IOException {
    HttpURLConnection connection = (HttpURLConnection) URI.create(target + exchange.getRequestURI()).toURL().openConnection();
    connection.setRequestMethod(exchange.getRequestMethod());
    exchange.getRequestHeaders().forEach((name, values) -> {
      if (!OWN.contains(name.toLowerCase(java.util.Locale.ROOT)) && !name.equalsIgnoreCase("Accept-Encoding")) {
        values.forEach(value -> connection.addRequestProperty(name, value));
      }
    });
    if (body.length > 0) {
      connection.setDoOutput(true);
      connection.getOutputStream().write(body);
    }
    int status = connection.getResponseCode();
    try (InputStream answer = status < 400 ? connection.getInputStream() : connection.getErrorStream()) {
      String type = connection.getContentType();
      return new Answer(status, answer == null ? new byte[0] : answer.readAllBytes(), type == null ? "application/json" : type,
          connection.getHeaderField("Link"), connection.getHeaderField("Retry-After"));
    }
  }

  /** The first half of an answer. */
  static Answer half(Answer answer) {
    return answer.body(Arrays.copyOf(answer.body(), answer.body().length / 2));
  }

  @Override
  public void close() {
    closing.countDown();
    server.stop(0);
    threads.shutdownNow();
  }
}
