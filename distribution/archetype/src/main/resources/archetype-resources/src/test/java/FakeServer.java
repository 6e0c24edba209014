package ${package};

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Stands in for the source: two tables in pages of ten, behind a token. Its main method runs it for a host to try the connector on. */
final class FakeServer implements AutoCloseable {

  static final String TOKEN = "token-of-the-fake";
  private static final int PAGE = 10;

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final HttpServer server;

  private FakeServer(int port) throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    server.setExecutor(threads);
    server.createContext("/customers", exchange -> answer(exchange, IntStream.range(0, 5)
        .mapToObj(id -> "{\"id\": " + id + ", \"name\": \"Customer " + id + "\"}").toList()));
    server.createContext("/orders", exchange -> answer(exchange, IntStream.range(0, 25).filter(id -> isAsked(exchange, updated(id)))
        .mapToObj(id -> "{\"id\": " + id + ", \"customer_id\": " + id % 5 + ", \"total\": " + id + ".50, \"updated_at\": \"" + updated(id) + "\"}")
        .toList()));
    server.start();
  }

  /** Starts a server; port 0 is any that is free. */
  static FakeServer start(int port) {
    try {
      return new FakeServer(port);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static void main(String[] arguments) {
    System.out.println(start(arguments.length == 0 ? 0 : Integer.parseInt(arguments[0])).url());
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  private static Instant updated(int id) {
    return Instant.parse("2026-01-01T00:00:00Z").plusSeconds(60L * id);
  }

  private static boolean isAsked(HttpExchange exchange, Instant updated) {
    String since = parameter(exchange, "since");
    return since.isEmpty() || !updated.isBefore(Instant.parse(since));
  }

  private static String parameter(HttpExchange exchange, String name) {
    String query = exchange.getRequestURI().getQuery();
    return query == null ? "" : List.of(query.split("&")).stream().filter(part -> part.startsWith(name + "="))
        .map(part -> part.substring(name.length() + 1)).findFirst().orElse("");
  }

  private static void answer(HttpExchange exchange, List<String> all) throws IOException {
    if (!("Bearer " + TOKEN).equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
      send(exchange, 401, "{\"error\": \"the token is missing or wrong\"}");
      return;
    }
    String token = parameter(exchange, "next");
    int from = token.isEmpty() ? 0 : Integer.parseInt(token);
    String next = from + PAGE < all.size() ? "\"" + (from + PAGE) + "\"" : "null";
    send(exchange, 200, all.stream().skip(from).limit(PAGE).collect(Collectors.joining(", ", "{\"data\": [", "], \"next\": " + next + "}")));
  }

  private static void send(HttpExchange exchange, int status, String json) throws IOException {
    byte[] body = json.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
