package io.connectorkit.contract.junit;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.connectorkit.api.HttpOptions;
import io.connectorkit.api.Paging;
import io.connectorkit.api.Settings;
import io.connectorkit.declaration.ConnectorYaml;
import io.connectorkit.declaration.SourceTable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A source that is as connector.yaml declares it: its tables in pages, behind its secret. */
final class DeclaredServer implements AutoCloseable {

  private static final int PAGE = 10;
  private static final String AT = "made_up_page";

  private final ObjectMapper json = new ObjectMapper();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final ConnectorYaml yaml;
  private final Supplier<Map<String, Object>> settings;
  private final Supplier<Map<String, String>> secrets;
  private final HttpServer server;

  DeclaredServer(ConnectorYaml yaml, Supplier<Map<String, Object>> settings, Supplier<Map<String, String>> secrets) {
    this.yaml = yaml;
    this.settings = settings;
    this.secrets = secrets;
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  private void answer(HttpExchange exchange) throws IOException {
    Map<String, String> params = params(exchange.getRequestURI().getRawQuery());
    Settings set = new Settings(settings.get());
    HttpOptions options = yaml.http().orElseThrow().options(set, name -> Optional.ofNullable(secrets.get().get(name)));
    String base = Optional.ofNullable(URI.create(options.baseUrl()).getRawPath()).orElse("").replaceFirst("/+$", "");
    Optional<SourceTable> table = yaml.source().orElseThrow().tables().stream()
        .filter(each -> (base + each.path().fill(set, DeclaredServer::escaped)).equals(exchange.getRequestURI().getRawPath())).findFirst();
    if (!allowed(options.auth(), exchange, params)) {
      send(exchange, 401, "{\"error\": \"the secret is missing or wrong\"}");
    } else if (table.isEmpty()) {
      send(exchange, 404, "{\"error\": \"no table has this path\"}");
    } else {
      page(exchange, table.get(), params);
    }
  }

  private static boolean allowed(HttpOptions.Auth auth, HttpExchange exchange, Map<String, String> params) {
    return switch (auth.place()) {
      case NOWHERE -> true;
      case HEADER -> auth.value().equals(exchange.getRequestHeaders().getFirst(auth.name()));
      case QUERY -> auth.value().equals(params.get(auth.name()));
    };
  }

  private void page(HttpExchange exchange, SourceTable table, Map<String, String> params) throws IOException {
    String since = table.incremental().map(each -> watermark(each, params.get(each.param()))).orElse(null);
    List<Map<String, Object>> all = DeclaredRows.of(table, since);
    int at = Integer.parseInt(params.getOrDefault(AT, "0"));
    int size = PAGE;
    Map<String, Object> answer = new LinkedHashMap<>();
    if (table.paging() instanceof Paging.None) {
      size = Math.max(1, all.size());
    } else if (table.paging() instanceof Paging.Token token) {
      at = Integer.parseInt(params.getOrDefault(token.param(), "0"));
      DeclaredRows.put(answer, token.path(), at + size < all.size() ? String.valueOf(at + size) : null);
      if (!token.more().isEmpty()) {
        DeclaredRows.put(answer, token.more(), at + size < all.size());
      }
    } else if (table.paging() instanceof Paging.Offset offset) {
      at = Integer.parseInt(params.getOrDefault(offset.param(), "0"));
      total(answer, offset.total(), all.size());
    } else if (table.paging() instanceof Paging.Number number) {
      at = (Integer.parseInt(params.getOrDefault(number.param(), String.valueOf(number.first()))) - number.first()) * size;
      total(answer, number.total(), all.size());
    } else if (at + size < all.size()) {
      String next = next(exchange, params, at + size);
      if (table.paging() instanceof Paging.NextUrl url) {
        DeclaredRows.put(answer, url.path(), next);
      } else {
        exchange.getResponseHeaders().set("Link", "<" + next + ">; rel=\"next\"");
      }
    }
    List<Map<String, Object>> rows = all.stream().skip(at).limit(size).toList();
    DeclaredRows.put(answer, table.records().text(), rows);
    send(exchange, 200, json.writeValueAsString(table.records().text().isEmpty() ? rows : answer));
  }

  private static void total(Map<String, Object> answer, String path, int count) {
    if (!path.isEmpty()) {
      DeclaredRows.put(answer, path, count);
    }
  }

  private String next(HttpExchange exchange, Map<String, String> params, int at) {
    Map<String, String> more = new LinkedHashMap<>(params);
    more.put(AT, String.valueOf(at));
    StringBuilder query = new StringBuilder();
    more.forEach((name, value) -> query.append(query.isEmpty() ? "?" : "&").append(escaped(name)).append('=').append(escaped(value)));
    return url() + exchange.getRequestURI().getRawPath() + query;
  }

  /** The watermark in what was sent; null if nothing was. */
  private static String watermark(SourceTable.Incremental incremental, String sent) {
    String[] around = incremental.value().split("\\{watermark}", 2);
    Matcher value = Pattern.compile(Pattern.quote(around[0]) + "(.*)" + Pattern.quote(around[1])).matcher(sent == null ? "" : sent);
    return sent != null && value.matches() ? value.group(1) : null;
  }

  private static String escaped(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private static Map<String, String> params(String query) {
    Map<String, String> params = new LinkedHashMap<>();
    for (String param : query == null ? new String[0] : query.split("&")) {
      String[] parts = param.split("=", 2);
      params.put(URLDecoder.decode(parts[0], StandardCharsets.UTF_8), parts.length < 2 ? "" : URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
    }
    return params;
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
