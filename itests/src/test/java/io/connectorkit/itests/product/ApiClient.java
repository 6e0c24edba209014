package io.connectorkit.itests.product;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Somebody who uses a gateway over HTTP, with a token or without one. */
record ApiClient(HttpClient http, String address, String token) {

  private static final ObjectMapper JSON = new ObjectMapper();

  static ApiClient of(String address, String token) {
    return new ApiClient(HttpClient.newHttpClient(), address, token);
  }

  /** The same machine with another token; null for none. */
  ApiClient with(String other) {
    return new ApiClient(http, address, other);
  }

  /** An answer. */
  record Answer(int status, String type, byte[] body, HttpResponse<byte[]> response) {

    String text() {
      return new String(body, StandardCharsets.UTF_8);
    }

    JsonNode json() {
      try {
        return JSON.readTree(body);
      } catch (IOException e) {
        throw new AssertionError("no JSON: " + text(), e);
      }
    }

    /** The answer, if all went well. */
    Answer ok() {
      if (status >= 300) {
        throw new AssertionError(status + ": " + text());
      }
      return this;
    }
  }

  Answer get(String path, String... headers) {
    return send("GET", path, null, headers);
  }

  Answer post(String path, Object body) {
    return send("POST", path, json(body).getBytes(StandardCharsets.UTF_8));
  }

  Answer put(String path, Object body) {
    return send("PUT", path, json(body).getBytes(StandardCharsets.UTF_8));
  }

  static String json(Object value) {
    try {
      return JSON.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Again if the server had closed the connection, as it does after a request that it could not read to its end. */
  private HttpResponse<byte[]> answer(HttpRequest request) throws IOException, InterruptedException {
    for (int attempt = 0; ; attempt++) {
      try {
        return http.send(request, HttpResponse.BodyHandlers.ofByteArray());
      } catch (IOException e) {
        if (e instanceof HttpTimeoutException || attempt == 4) {
          throw e;
        }
      }
    }
  }

  /** Sends a request, and waits for the answer no longer than a stream of events would take. */
  Answer send(String method, String path, byte[] body, String... headers) {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address + path)).timeout(Duration.ofSeconds(60))
        .method(method, body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofByteArray(body));
    if (token != null) {
      request.header("Authorization", "Bearer " + token);
    }
    for (int i = 0; i < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
    }
    try {
      HttpResponse<byte[]> response = answer(request.build());
      return new Answer(response.statusCode(), response.headers().firstValue("Content-Type").orElse(""), response.body(), response);
    } catch (IOException e) {
      throw new UncheckedIOException(method + " " + path, e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
