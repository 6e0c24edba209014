package io.connectorkit.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A real HTTP server that answers as a test wants. */
final class Host implements AutoCloseable {

  private final HttpServer server;
  private final List<String> requests = new CopyOnWriteArrayList<>();

  Host() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.start();
  }

  EndpointClient client() {
    return new EndpointClient(new Endpoint(ProcessHandle.current().pid(), server.getAddress().getPort(), "secret"));
  }

  /** Method, path and token of each request, in order. */
  List<String> requests() {
    return requests;
  }

  Host answers(String path, int status, String body) {
    server.createContext(path, exchange -> {
      byte[] content = body.getBytes(StandardCharsets.UTF_8);
      note(exchange);
      exchange.sendResponseHeaders(status, content.length);
      exchange.getResponseBody().write(content);
      exchange.close();
    });
    return this;
  }

  /** Promises more than {@code body} and then closes the connection. */
  Host breaksOffAfter(String path, String body) {
    server.createContext(path, exchange -> {
      byte[] content = body.getBytes(StandardCharsets.UTF_8);
      note(exchange);
      exchange.sendResponseHeaders(200, content.length + 1000L);
      exchange.getResponseBody().write(content);
      exchange.getResponseBody().flush();
      exchange.close();
    });
    return this;
  }

  private void note(HttpExchange exchange) throws IOException {
    exchange.getRequestBody().readAllBytes();
    requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " "
        + exchange.getRequestHeaders().getFirst("Authorization"));
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
