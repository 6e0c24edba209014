package io.connectorkit.itests.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A running host, asked as directly as can be, so that what is measured is the host and not the command. */
final class Endpoint {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient client = HttpClient.newHttpClient();
  private final JsonNode where;

  private Endpoint(JsonNode where) {
    this.where = where;
  }

  /** The host of a home, if it has said where it is. */
  static Optional<Endpoint> of(Path home) {
    try {
      Path file = home.resolve("data/gateway.json");
      return Files.exists(file) ? Optional.of(new Endpoint(JSON.readTree(file.toFile()))) : Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  long pid() {
    return where.get("pid").asLong();
  }

  JsonNode get(String path) {
    return parse(send(request(path).GET().build()));
  }

  /** The lines of an answer. */
  List<String> post(String path, String json) {
    return send(request(path).POST(HttpRequest.BodyPublishers.ofString(json)).build()).lines().toList();
  }

  /** Runs an extraction to its end; gives its record. */
  JsonNode run(String instance) {
    List<String> lines = post("/v1/runs", "{\"instance\":\"" + instance + "\"}");
    JsonNode run = parse(lines.get(lines.size() - 1)).path("run");
    if (!run.path("outcome").asText().equals("OK")) {
      throw new AssertionError("the run failed: " + run);
    }
    return run;
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + where.get("port").asInt() + path))
        .header("Authorization", "Bearer " + where.get("token").asText());
  }

  private String send(HttpRequest request) {
    try {
      return client.send(request, HttpResponse.BodyHandlers.ofString()).body();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static JsonNode parse(String json) {
    try {
      return JSON.readTree(json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
