package io.connectorkit.connector.keboola.fake;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** An HTTP server that can be told to misbehave. */
abstract class FakeServer implements AutoCloseable {

  /** What to do with some answers: see {@link FakeKeboola.Spoil}. */
  private record Order(String path, AtomicInteger times, FakeKeboola.Spoil spoil) {}

  /** An answer. */
  record Answer(int status, byte[] body) {

    static Answer of(int status, String text) {
      return new Answer(status, text.getBytes(StandardCharsets.UTF_8));
    }
  }

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool(work -> {
    Thread thread = new Thread(work, "fake-keboola");
    thread.setDaemon(true);
    return thread;
  });
  private final List<Order> orders = new CopyOnWriteArrayList<>();
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private final CountDownLatch closing = new CountDownLatch(1);

  FakeServer() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  /** Spoils the next answers to requests with that in their path. */
  public final void spoil(String path, int times, FakeKeboola.Spoil spoil) {
    orders.add(new Order(path, new AtomicInteger(times), spoil));
  }

  /** Behaves from now on. */
  public final void heal() {
    orders.clear();
  }

  public final String url() {
    return "http://" + server.getAddress().getHostString() + ":" + server.getAddress().getPort();
  }

  /** What it was asked since the last time: method and path, with the query. */
  public final List<String> asked() {
    List<String> all = List.copyOf(asked);
    asked.clear();
    return all;
  }

  /** The answer to a request; the body is that of the request. */
  abstract Answer answer(HttpExchange exchange, String path, String body) throws IOException;

  private void handle(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getRawPath();
    asked.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    Order order = orders.stream().filter(each -> path.contains(each.path()) && each.times().getAndDecrement() > 0).findFirst().orElse(null);
    try {
      Answer answer = answer(exchange, path, body);
      send(exchange, answer, order == null ? FakeKeboola.Spoil.NONE : order.spoil());
    } catch (RuntimeException e) {
      send(exchange, Answer.of(500, String.valueOf(e)), FakeKeboola.Spoil.NONE);
    } finally {
      exchange.close();
    }
  }

  private void send(HttpExchange exchange, Answer good, FakeKeboola.Spoil spoil) throws IOException {
    Answer answer = switch (spoil) {
      case THROTTLE -> Answer.of(429, "{\"error\": \"not so fast\"}");
      case UNAVAILABLE -> Answer.of(503, "{\"error\": \"try later\"}");
      case FORBID -> Answer.of(403, "<Error><Code>AccessDenied</Code></Error>");
      case PAGE -> Answer.of(200, "<html>Please log in</html>");
      case SHORTEN -> new Answer(200, shortened(good.body()));
      default -> good;
    };
    if (spoil == FakeKeboola.Spoil.THROTTLE) {
      exchange.getResponseHeaders().add("Retry-After", "1");
    }
    byte[] bytes = answer.body();
    exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
    if (bytes.length > 0) {
      boolean half = spoil == FakeKeboola.Spoil.CUT || spoil == FakeKeboola.Spoil.HANG;
      exchange.getResponseBody().write(bytes, 0, half ? bytes.length / 2 : bytes.length);
      exchange.getResponseBody().flush();
      if (spoil == FakeKeboola.Spoil.HANG) {
        await();
      }
    }
  }

  private void await() {
    try {
      closing.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Without its last line: whole to look at, but for the number of rows. */
  private static byte[] shortened(byte[] body) {
    String text = new String(body, StandardCharsets.UTF_8);
    return text.substring(0, text.lastIndexOf('\n', text.length() - 2) + 1).getBytes(StandardCharsets.UTF_8);
  }

  static Map<String, String> fields(String form) {
    Map<String, String> fields = new LinkedHashMap<>();
    for (String field : form == null || form.isEmpty() ? new String[0] : form.split("&")) {
      String[] parts = field.split("=", 2);
      fields.put(URLDecoder.decode(parts[0], StandardCharsets.UTF_8), URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
    }
    return fields;
  }

  @Override
  public void close() {
    closing.countDown();
    server.stop(0);
    threads.shutdownNow();
  }
}
