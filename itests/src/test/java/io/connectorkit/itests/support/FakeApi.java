package io.connectorkit.itests.support;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;

/**
 * A REST source of orders, which gives them in pages of any style: the path says which. Demands a token, throttles now and then, and breaks off
 * one answer.
 */
public final class FakeApi implements AutoCloseable {

  public static final String TOKEN = "fake-api-token";
  private static final int SIZE = 500;
  private static final Instant FIRST = Instant.parse("2026-01-01T00:00:00Z");

  private final HttpServer server;
  private final ExecutorService threads = Executors.newFixedThreadPool(4);
  private final Map<Long, Order> orders = new ConcurrentSkipListMap<>();
  private final List<String> asked = new CopyOnWriteArrayList<>();

  private record Order(Instant updated, String json) {}

  public FakeApi(int count) {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    for (int id = 1; id <= count; id++) {
      put(id, id);
    }
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
  }

  /** Inserts an order, or changes it, in that second. */
  public void put(long id, long second) {
    Instant updated = FIRST.plusSeconds(second);
    String order = "{'id': %d, 'total': %d.10, 'paid': %b, 'updated': '%s', 'changed_ms': %d, 'customer': {'city': 'Bergen %d'}, 'tags': ['a', %d]}";
    orders.put(id, new Order(updated, order.replace('\'', '"').formatted(id, id, id % 2 == 0, updated, updated.toEpochMilli(), id % 7, id)));
  }

  public String url() {
    return "http://" + server.getAddress().getHostString() + ":" + server.getAddress().getPort();
  }

  /** What it was asked since the last time, path and query. */
  public List<String> asked() {
    List<String> all = List.copyOf(asked);
    asked.clear();
    return all;
  }

  private void answer(HttpExchange exchange) throws IOException {
    int number = asked.size();
    asked.add(String.valueOf(exchange.getRequestURI()));
    String path = exchange.getRequestURI().getPath();
    Map<String, String> params = params(exchange.getRequestURI().getRawQuery());
    if (!("Bearer " + TOKEN).equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
      send(exchange, 401, "{\"error\": \"who are you?\"}", 0);
    } else if (number % 25 == 10) {
      exchange.getResponseHeaders().add("Retry-After", "0");
      send(exchange, 429, "{\"error\": \"not so fast\"}", 0);
    } else {
      int at = params.containsKey("page") ? (Integer.parseInt(params.get("page")) - 1) * SIZE : Integer.parseInt(params.getOrDefault("at", "0"));
      page(exchange, path, params, at, number % 25 == 20 ? 100 : 0);
    }
  }

  private void page(HttpExchange exchange, String path, Map<String, String> params, int at, int cut) throws IOException {
    Instant since = params.containsKey("since_ms") ? Instant.ofEpochMilli(Long.parseLong(params.get("since_ms")))
        : Instant.parse(params.getOrDefault("since", FIRST.toString())).truncatedTo(ChronoUnit.SECONDS);
    List<String> wanted = orders.values().stream().filter(order -> !order.updated().isBefore(since)).map(Order::json).toList();
    String items = wanted.stream().skip(at).limit(path.equals("/all") ? Long.MAX_VALUE : SIZE).collect(Collectors.joining(",", "[", "]"));
    boolean more = at + SIZE < wanted.size();
    String next = path + "?at=" + (at + SIZE) + params.entrySet().stream().filter(each -> each.getKey().startsWith("since"))
        .map(each -> "&" + each.getKey() + "=" + each.getValue()).collect(Collectors.joining());
    if (more && path.equals("/link")) {
      exchange.getResponseHeaders().add("Link", "<" + next + ">; rel=\"next\"");
    }
    String token = !more ? "null" : path.equals("/url") ? "\"" + next + "\"" : String.valueOf(at + SIZE);
    send(exchange, 200, "{\"data\": {\"items\": " + items + "}, \"next\": " + token + "}", cut);
  }

  private static Map<String, String> params(String query) {
    Map<String, String> params = new TreeMap<>();
    for (String param : query == null ? new String[0] : query.split("&")) {
      String[] parts = param.split("=", 2);
      params.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
    }
    return params;
  }

  private static void send(HttpExchange exchange, int status, String text, int cut) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes, 0, Math.max(0, bytes.length - cut));
    exchange.getResponseBody().flush();
    exchange.close();
  }

  @Override
  public void close() {
    threads.shutdownNow();
    server.stop(0);
  }
}
