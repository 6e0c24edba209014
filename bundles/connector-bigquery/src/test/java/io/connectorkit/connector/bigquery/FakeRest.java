package io.connectorkit.connector.bigquery;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The REST API: datasets, tables, dry runs, queries; beside it a token endpoint and a metadata server. */
public final class FakeRest {

  private static final int PAGE = 2;
  private static final String QUERIES = "/bigquery/v2/projects/[^/]+/queries/(.+)";

  private final Map<String, FakeTable> tables;
  private final Map<String, FakeTable> results;
  private final FakeTokens tokens;
  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private final LinkedBlockingQueue<Reply> instead = new LinkedBlockingQueue<>();
  private final Map<String, AtomicInteger> running = new ConcurrentHashMap<>();
  private volatile Predicate<String> deaf = path -> false;

  /** An answer. */
  record Reply(int status, String body, String retryAfter) {}

  FakeRest(Map<String, FakeTable> tables, Map<String, FakeTable> results, FakeTokens tokens) {
    this.tables = tables;
    this.results = results;
    this.tokens = tokens;
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** Gives another answer to the next request for the API. */
  public void instead(int status, String body, String retryAfter) {
    instead.add(new Reply(status, body.replace('\'', '"'), retryAfter));
  }

  /** Never answers requests for such paths: the connection is closed. */
  public void deafTo(Predicate<String> paths) {
    deaf = paths;
  }

  /** What it was asked since the last time: method, path and query, and the SQL. */
  public List<String> asked() {
    List<String> all = List.copyOf(asked);
    asked.clear();
    return all;
  }

  private void handle(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    byte[] body = exchange.getRequestBody().readAllBytes();
    try (exchange) {
      if (deaf.test(path)) {
        return;
      }
      Reply reply = path.startsWith("/token") ? tokens.forAssertion(params(new String(body, StandardCharsets.UTF_8)), url() + "/token")
          : path.startsWith("/computeMetadata") ? tokens.forMachine(path, exchange.getRequestHeaders().getFirst("Metadata-Flavor"))
          : api(exchange, path, body);
      if (reply.retryAfter() != null) {
        exchange.getResponseHeaders().set("Retry-After", reply.retryAfter());
      }
      byte[] bytes = reply.body().getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(reply.status(), bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  private Reply api(HttpExchange exchange, String path, byte[] body) throws IOException {
    JsonNode json = body.length == 0 ? new ObjectMapper().createObjectNode() : new ObjectMapper().readTree(body);
    JsonNode configuration = json.path("configuration");
    asked.add(exchange.getRequestMethod() + " " + exchange.getRequestURI()
        + (configuration.isMissingNode() ? "" : (configuration.path("dryRun").asBoolean() ? " dry " : " run ") + configuration.at("/query/query").asText()));
    String authorization = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
    if (!tokens.good(authorization.replaceFirst("^Bearer ", ""))) {
      return error(401, "Request had invalid authentication credentials.");
    }
    Reply other = instead.poll();
    if (other != null) {
      return other;
    }
    Map<String, String> params = params(exchange.getRequestURI().getRawQuery());
    if (path.matches("/bigquery/v2/projects/[^/]+/datasets")) {
      return list(params, "datasets", new TreeSet<>(tables.values().stream().map(table -> table.dataset).toList()).stream()
          .map(each -> "{\"datasetReference\": {\"datasetId\": \"" + each + "\"}}").toList());
    }
    if (path.matches("/bigquery/v2/projects/[^/]+/datasets/[^/]+/tables")) {
      return list(params, "tables", tables.values().stream().filter(table -> table.dataset.equals(path.split("/")[6]))
          .map(each -> "{\"tableReference\": {\"tableId\": \"" + each.name + "\"}, \"type\": \"" + each.type + "\"}").toList());
    }
    if (path.matches("/bigquery/v2/projects/[^/]+/datasets/[^/]+/tables/.+")) {
      FakeTable table = tables.get(path.split("/")[6] + "." + path.substring(path.indexOf("/tables/") + 8));
      return table == null ? error(404, "Not found: Table") : new Reply(200, table.json(), null);
    }
    if (path.matches(QUERIES)) {
      // Not done when it is first asked for.
      return new Reply(200, "{\"jobComplete\": " + (running.get(path.replaceFirst(QUERIES, "$1")).incrementAndGet() > 1) + "}", null);
    }
    return path.endsWith("/jobs") ? job(configuration) : new Reply(200, done(path.substring(path.lastIndexOf('/') + 1)), null);
  }

  private Reply job(JsonNode configuration) {
    FakeTable table;
    List<Object[]> rows;
    List<String> columns;
    try {
      FakeSql.Query query = FakeSql.query(configuration.at("/query/query").asText());
      table = tables.get(query.dataset() + "." + query.table());
      if (table == null) {
        return error(404, "Not found: Table");
      }
      columns = query.columns().isEmpty() ? table.schema().getFields().stream().map(org.apache.arrow.vector.types.pojo.Field::getName).toList()
          : query.columns();
      rows = FakeSql.where(table, query.where());
    } catch (IllegalArgumentException | ClassCastException e) {
      return error(400, String.valueOf(e.getMessage()));
    }
    long bytes = table.bytesPerColumn * columns.size();
    if (configuration.path("dryRun").asBoolean()) {
      return new Reply(200, "{\"statistics\": {\"totalBytesProcessed\": \"" + bytes + "\"}}", null);
    }
    if (bytes > configuration.at("/query/maximumBytesBilled").asLong(Long.MAX_VALUE)) {
      return error(400, "Query exceeded limit for bytes billed");
    }
    String id = "job_" + running.size();
    running.put(id, new AtomicInteger());
    results.put(id, table.select(id, columns, rows));
    return new Reply(200, "{\"jobReference\": {\"jobId\": \"" + id + "\", \"location\": \"EU\"}, \"status\": {\"state\": \"RUNNING\"}}", null);
  }

  private static String done(String id) {
    return "{\"status\": {\"state\": \"DONE\"}, \"configuration\": {\"query\": {\"destinationTable\": {\"projectId\": \"" + FakeBigQuery.PROJECT
        + "\", \"datasetId\": \"_hidden\", \"tableId\": \"" + id + "\"}}}}";
  }

  /** In pages; without the list where there is nothing, as Google's services write it. */
  private static Reply list(Map<String, String> params, String name, List<String> all) {
    int at = Integer.parseInt(params.getOrDefault("pageToken", "p0").substring(1));
    String items = all.stream().skip(at).limit(PAGE).collect(Collectors.joining(", "));
    return new Reply(200, "{\"kind\": \"list\"" + (items.isEmpty() ? "" : ", \"" + name + "\": [" + items + "]")
        + (at + PAGE < all.size() ? ", \"nextPageToken\": \"p" + (at + PAGE) + "\"" : "") + "}", null);
  }

  static Reply error(int code, String message) {
    return new Reply(code, "{\"error\": {\"code\": " + code + ", \"message\": \"" + message.replace('"', '\'') + "\"}}", null);
  }

  private static Map<String, String> params(String text) {
    Map<String, String> params = new HashMap<>();
    for (String param : text == null || text.isEmpty() ? new String[0] : text.split("&")) {
      String[] parts = param.split("=", 2);
      params.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
    }
    return params;
  }

  void close() {
    threads.shutdownNow();
    server.stop(0);
  }
}
