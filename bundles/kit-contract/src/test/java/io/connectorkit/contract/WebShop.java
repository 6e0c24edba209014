package io.connectorkit.contract;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import io.connectorkit.api.BatchSource;
import io.connectorkit.api.ConnectorContext;
import io.connectorkit.api.ConnectorException;
import io.connectorkit.api.Discovers;
import io.connectorkit.api.ReadRequest;
import io.connectorkit.api.Reads;
import io.connectorkit.api.TableInfo;
import io.connectorkit.api.Types;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.Executors;

/** A connector of a source behind HTTP, right in every part until a test overrides one; and its fake server, which has three pages. */
class WebShop implements Discovers, Reads {

  private static final TableInfo ORDERS =
      TableInfo.table("orders").key("id").column("id", Types.int64()).column("total", Types.int64()).build();
  private static final int PAGES = 3;

  final HttpClient client = HttpClient.newBuilder().executor(Executors.newCachedThreadPool(work -> {
    Thread thread = new Thread(work, "kit-test-http");
    thread.setDaemon(true);
    return thread;
  })).build();

  /** With its fake server. */
  Subject packed() {
    Map<String, Object> settings = Map.of("url", "http://127.0.0.1:" + serve().getAddress().getPort());
    return new Subject(this, Optional.empty(), settings, Map.of(), Subject.Surroundings.PLAIN, Optional.of(new Subject.FakeServer("url")));
  }

  private static HttpServer serve() {
    try {
      HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      server.createContext("/orders", exchange -> {
        int page = Integer.parseInt(exchange.getRequestURI().getQuery().replaceAll("\\D", ""));
        String rows = "{\"id\": " + page + ", \"total\": " + 10 * page + "}, {\"id\": " + (page + PAGES) + ", \"total\": 7}";
        byte[] body = ("{\"orders\": [" + rows + "]" + (page < PAGES ? ", \"next\": " + (page + 1) : "") + "}").getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
      });
      server.start();
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public List<TableInfo> discover(ConnectorContext context) {
    return List.of(ORDERS);
  }

  @Override
  public BatchSource read(ReadRequest request) {
    if (!request.table().sourceId().equals("orders")) {
      throw ConnectorException.permanent("there is no " + request.table().sourceId(), null);
    }
    return BatchSource.pages(request, new Pages(request.context().settings().text("url")));
  }

  private final class Pages implements Iterator<List<Map<String, Object>>> {
    private final String url;
    private int last;
    private int next = 1;

    private Pages(String url) {
      this.url = url;
    }

    @Override
    public boolean hasNext() {
      return next > 0;
    }

    @Override
    public List<Map<String, Object>> next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      JsonNode page = page(url + "/orders?page=" + next);
      last = next;
      next = following(last, page.path("next").asInt());
      List<Map<String, Object>> rows = new ArrayList<>();
      page.path("orders").forEach(order -> {
        Map<String, Object> row = new HashMap<>();
        order.properties().forEach(field -> row.put(field.getKey(), value(field.getValue())));
        rows.add(row);
      });
      return rows;
    }
  }

  Object value(JsonNode value) {
    return value.isNumber() ? value.numberValue() : value.asText();
  }

  /** The next page; 0 for none. */
  int following(int page, int next) {
    return next > page ? next : 0;
  }

  private JsonNode page(String url) {
    try {
      HttpResponse<String> answer = send(HttpRequest.newBuilder(URI.create(url)).build());
      if (answer.statusCode() != 200) {
        throw refused(answer.statusCode(), answer.headers().firstValue("Retry-After").map(Long::valueOf).map(Duration::ofSeconds).orElse(null));
      }
      return new ObjectMapper().readTree(answer.body());
    } catch (JsonProcessingException e) {
      return unreadable(e);
    } catch (IOException | InterruptedException e) {
      throw ConnectorException.transientFailure("the shop does not answer", null, e);
    }
  }

  HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
    return client.send(request, HttpResponse.BodyHandlers.ofString());
  }

  ConnectorException refused(int status, Duration after) {
    return ConnectorException.transientFailure("the shop answers " + status, after, null);
  }

  JsonNode unreadable(JsonProcessingException e) {
    throw ConnectorException.transientFailure("the shop's answer is no JSON", null, e);
  }
}
