package io.connectorkit.itests.support;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * An API of the size of a real one, as a document and as a server that answers as the document says: 25 collections of records, each with an
 * address for one record, in five styles of pages.
 */
public final class LargeApi implements AutoCloseable {

  public static final String KEY = "key-of-the-large-api";
  public static final int ROWS = 23;
  /** The collections, and so the tables. */
  public static final List<String> NAMES = List.of("orders", "customers", "products", "invoices", "payments", "refunds", "shipments", "carriers", "warehouses",
      "stock_levels", "suppliers", "purchase_orders", "employees", "departments", "tickets", "comments", "campaigns", "coupons", "carts", "returns", "reviews",
      "categories", "currencies", "tax_rates", "audit_events");

  private static final int PAGE = 10;
  private static final List<String> STYLES = List.of("token", "offset", "page", "url", "link");
  private static final Instant FIRST = Instant.parse("2026-01-01T00:00:00Z");

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final HttpServer server;

  public LargeApi() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
  }

  public String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  private static String style(String name) {
    return STYLES.get(NAMES.indexOf(name) % STYLES.size());
  }

  /** The document, OpenAPI 3.0 in YAML. */
  public static String document() {
    StringBuilder text = new StringBuilder("""
        openapi: 3.0.3
        info: {title: "Large API: all of a shop", version: 2026-11-01}
        servers: [{url: /v3}]
        security: [{key: []}]
        paths:
        """);
    NAMES.forEach(name -> text.append(path(name)));
    text.append("""
        components:
          securitySchemes: {key: {type: apiKey, in: header, name: X-Api-Key}}
          parameters:
            Limit: {name: limit, in: query, schema: {type: integer, minimum: 1, maximum: 10}}
            Since: {name: updated_since, in: query, schema: {type: string, format: date-time}}
          schemas:
            Entity:
              type: object
              required: [id]
              properties:
                id: {type: integer, format: int64}
                created_at: {type: string, format: date-time}
                updated_at: {type: string, format: date-time}
            Money: {type: object, properties: {amount: {type: number, multipleOf: 0.01}, currency: {type: string, enum: [EUR, NOK, USD]}}}
            Address:
              type: object
              properties:
                city: {type: string, nullable: true}
                geo: {type: object, properties: {lat: {type: number, format: double}, lon: {type: number, format: double}}}
                history: {type: array, items: {$ref: '#/components/schemas/Address'}}
        """);
    NAMES.forEach(name -> text.append("""
            %1$s:
              allOf:
                - $ref: '#/components/schemas/Entity'
                - type: object
                  properties:
                    status: {type: string, enum: [new, open, done], description: Where a %1$s stands}
                    total: {$ref: '#/components/schemas/Money'}
                    address: {nullable: true, allOf: [{$ref: '#/components/schemas/Address'}]}
                    tags: {type: array, items: {type: string}}
                    due: {type: string, format: date}
                    active: {type: boolean}
                    parent: {$ref: '#/components/schemas/%1$s'}
                    source: {oneOf: [{type: string}, {type: integer}]}
        """.formatted(name)));
    return text.toString();
  }

  private static String path(String name) {
    String list = "{type: array, items: {$ref: '#/components/schemas/" + name + "'}}";
    String envelope = switch (style(name)) {
      case "token" -> "{type: object, properties: {data: " + list + ", next_cursor: {type: string, nullable: true}}}";
      case "offset", "page" -> "{type: object, properties: {results: " + list + ", meta: {type: object, properties: {total: {type: integer}}}}}";
      case "url" -> "{type: object, properties: {items: " + list + ", links: {type: object, properties: {next: {type: string, format: uri}}}}}";
      default -> list;
    };
    String paged = switch (style(name)) {
      case "token" -> ", {name: cursor, in: query, schema: {type: string}}";
      case "offset" -> ", {name: offset, in: query, schema: {type: integer}}";
      case "page" -> ", {name: page, in: query, schema: {type: integer, default: 1}}";
      default -> "";
    };
    String headers = style(name).equals("link") ? "headers: {Link: {schema: {type: string}}}, " : "";
    return """
          /%1$s:
            get:
              summary: All %1$s
              parameters: [{$ref: '#/components/parameters/Limit'}, {$ref: '#/components/parameters/Since'}, {name: q, in: query, schema: {type: string}}%2$s]
              responses: {'200': {description: a page, %3$scontent: {application/json: {schema: %4$s}}}}
            post: {responses: {'201': {description: made}}}
          /%1$s/{id}:
            parameters: [{name: id, in: path, required: true, schema: {type: integer}}]
            get: {responses: {'200': {description: one, content: {application/json: {schema: {$ref: '#/components/schemas/%1$s'}}}}}}
            delete: {responses: {'204': {description: gone}}}
        """.formatted(name, paged, headers, envelope);
  }

  private void answer(HttpExchange exchange) throws IOException {
    String name = exchange.getRequestURI().getPath().replaceFirst("^/v3/", "");
    if (!KEY.equals(exchange.getRequestHeaders().getFirst("X-Api-Key"))) {
      send(exchange, 401, "{}");
    } else if (!NAMES.contains(name)) {
      send(exchange, 404, "{}");
    } else {
      page(exchange, name);
    }
  }

  private void page(HttpExchange exchange, String name) throws IOException {
    Map<String, String> params = new LinkedHashMap<>();
    String query = exchange.getRequestURI().getQuery();
    for (String param : query == null ? new String[0] : query.split("&")) {
      params.put(param.replaceFirst("=.*", ""), param.replaceFirst("[^=]*=", ""));
    }
    Instant since = Instant.parse(params.getOrDefault("updated_since", FIRST.toString()));
    List<String> rows = IntStream.range(0, ROWS).filter(row -> !FIRST.plusSeconds(row).isBefore(since)).mapToObj(LargeApi::record).toList();
    int at = params.containsKey("page") ? (Integer.parseInt(params.get("page")) - 1) * PAGE
        : Integer.parseInt(params.getOrDefault("cursor", params.getOrDefault("offset", params.getOrDefault("at", "0"))));
    String records = rows.stream().skip(at).limit(PAGE).collect(Collectors.joining(",", "[", "]"));
    boolean more = at + PAGE < rows.size();
    String next = url() + "/v3/" + name + "?at=" + (at + PAGE);
    if (style(name).equals("link") && more) {
      exchange.getResponseHeaders().set("Link", "<" + next + ">; rel=\"next\"");
    }
    send(exchange, 200, switch (style(name)) {
      case "token" -> "{\"data\": " + records + ", \"next_cursor\": " + (more ? "\"" + (at + PAGE) + "\"" : "null") + "}";
      case "offset", "page" -> "{\"results\": " + records + ", \"meta\": {\"total\": " + rows.size() + "}}";
      case "url" -> "{\"items\": " + records + ", \"links\": {\"next\": " + (more ? "\"" + next + "\"" : "null") + "}}";
      default -> records;
    });
  }

  private static String record(int row) {
    return """
        {"id": %1$d, "created_at": "2026-01-01T00:00:00Z", "updated_at": "%2$s", "status": "open", "total": {"amount": %1$d.25, "currency": "NOK"},
        "address": %3$s, "tags": ["a", "b"], "due": "2026-02-03", "active": true, "parent": {"id": 0}, "source": %1$d}
        """.formatted(row, FIRST.plusSeconds(row), row == 0 ? "null" : "{\"city\": null, \"geo\": {\"lat\": 60.5, \"lon\": 5.25}, \"history\": []}");
  }

  private static void send(HttpExchange exchange, int status, String text) throws IOException {
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
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
