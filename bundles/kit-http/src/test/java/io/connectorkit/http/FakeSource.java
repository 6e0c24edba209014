package io.connectorkit.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;

/** A REST source that answers, or misbehaves, as a test says; remembers what it was asked. */
final class FakeSource implements AutoCloseable {

  /** What it was asked. */
  record Asked(String method, String path, Map<String, String> params, Map<String, List<String>> headers, String body) {

    String header(String name) {
      return headers.entrySet().stream().filter(each -> each.getKey().equalsIgnoreCase(name)).map(each -> each.getValue().get(0)).findFirst()
          .orElse("");
    }
  }

  /**
   * What it answers.
   *
   * @param cut how many bytes of the body are left out at the end, although they are announced
   * @param stuck waited for in the middle of the body; null for no wait
   */
  record Reply(int status, Map<String, String> headers, byte[] body, int cut, CountDownLatch stuck) {

    Reply(int status, Map<String, String> headers, byte[] body, int cut) {
      this(status, headers, body, cut, null);
    }

    Reply stuck(CountDownLatch until) {
      return new Reply(status, headers, body, cut, until);
    }

    static Reply json(String text) {
      return new Reply(200, Map.of("Content-Type", "application/json"), text.replace('\'', '"').getBytes(StandardCharsets.UTF_8), 0);
    }

    Reply status(int other) {
      return new Reply(other, headers, body, cut);
    }

    Reply header(String name, String value) {
      Map<String, String> more = new java.util.HashMap<>(headers);
      more.put(name, value);
      return new Reply(status, more, body, cut);
    }

    Reply cut(int bytes) {
      return new Reply(status, headers, body, bytes);
    }

    Reply packed() {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
        gzip.write(body);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return new Reply(status, headers, bytes.toByteArray(), cut).header("Content-Encoding", "gzip");
    }
  }

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<Asked> asked = new CopyOnWriteArrayList<>();

  FakeSource(Function<Asked, Reply> answers) throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", exchange -> answer(exchange, answers));
    server.start();
  }

  private void answer(HttpExchange exchange, Function<Asked, Reply> answers) throws IOException {
    String query = exchange.getRequestURI().getRawQuery();
    Map<String, String> params = query == null ? Map.of() : Stream.of(query.split("&")).map(each -> each.split("=", 2))
        .collect(Collectors.toMap(each -> decoded(each[0]), each -> decoded(each[1]), (one, two) -> one + "," + two));
    Asked question = new Asked(exchange.getRequestMethod(), exchange.getRequestURI().getPath(), params, Map.copyOf(exchange.getRequestHeaders()),
        new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
    asked.add(question);
    Reply reply = answers.apply(question);
    reply.headers().forEach((name, value) -> exchange.getResponseHeaders().add(name, value));
    exchange.sendResponseHeaders(reply.status(), reply.body().length == 0 ? -1 : reply.body().length);
    if (reply.body().length > 0) {
      int half = reply.stuck() == null ? 0 : reply.body().length / 2;
      exchange.getResponseBody().write(reply.body(), 0, half);
      if (half > 0) {
        exchange.getResponseBody().flush();
        FailuresTest.await(reply.stuck());
      }
      exchange.getResponseBody().write(reply.body(), half, reply.body().length - reply.cut() - half);
      exchange.getResponseBody().flush();
    }
    // With bytes left out this breaks the connection.
    exchange.close();
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  String url() {
    return "http://" + server.getAddress().getHostString() + ":" + server.getAddress().getPort();
  }

  List<Asked> asked() {
    return asked;
  }

  @Override
  public void close() {
    threads.shutdownNow();
    server.stop(0);
  }
}
