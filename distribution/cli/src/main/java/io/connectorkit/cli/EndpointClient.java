package io.connectorkit.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/**
 * Talks to a host's control endpoint. Built on the JDK's old HTTP client on purpose: the new one takes longer to load than most
 * commands take to run.
 */
final class EndpointClient {

  private static final int CONNECT_MILLIS = 5_000;

  private final Endpoint endpoint;

  EndpointClient(Endpoint endpoint) {
    this.endpoint = endpoint;
  }

  long pid() {
    return endpoint.pid();
  }

  /** Where the host is reached. */
  String address() {
    return "http://127.0.0.1:" + endpoint.port();
  }

  /** One segment of a path or one value of a query, escaped. */
  static String segment(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  JsonNode get(String path) {
    try (InputStream answer = answer(open("GET", path))) {
      return Json.mapper().readTree(answer);
    } catch (IOException e) {
      throw brokenOff(e);
    }
  }

  JsonNode post(String path, JsonNode body) {
    try (InputStream answer = answer(send(path, body))) {
      return Json.mapper().readTree(answer);
    } catch (IOException e) {
      throw brokenOff(e);
    }
  }

  /** Hands the body of the answer over as it comes. Returning early closes the connection, which tells the host to stop. */
  void stream(String path, JsonNode body, StreamReader reader) {
    HttpURLConnection connection = send(path, body);
    try (InputStream answer = answer(connection)) {
      reader.read(answer);
    } catch (IOException e) {
      throw brokenOff(e);
    } finally {
      connection.disconnect();
    }
  }

  /** Each line of the answer as one JSON object, until {@code last} was seen; an answer that ends without it has broken off. */
  void lines(String path, JsonNode body, String last, Consumer<JsonNode> each) {
    stream(path, body, answer -> {
      try (var events = Json.mapper().readerFor(JsonNode.class).<JsonNode>readValues(answer)) {
        while (events.hasNextValue()) {
          JsonNode event = events.nextValue();
          if (event.hasNonNull("error") && !event.has("event")) {
            throw new KitException(event.get("error").asText());
          }
          each.accept(event);
          if (last.equals(event.path("event").asText())) {
            return;
          }
        }
      }
      throw new IOException("it ended before the event '" + last + "'");
    });
  }

  private HttpURLConnection send(String path, JsonNode body) {
    HttpURLConnection connection = open("POST", path);
    byte[] content = body.toString().getBytes(StandardCharsets.UTF_8);
    connection.setDoOutput(true);
    connection.setRequestProperty("Content-Type", "application/json");
    // With a length given the client does not repeat a request on its own: a run must not start twice.
    connection.setFixedLengthStreamingMode(content.length);
    try {
      connection.getOutputStream().write(content);
      return connection;
    } catch (IOException e) {
      throw silent(e);
    }
  }

  private HttpURLConnection open(String method, String path) {
    try {
      var connection = (HttpURLConnection) URI.create(address() + path).toURL().openConnection(Proxy.NO_PROXY);
      connection.setRequestMethod(method);
      connection.setConnectTimeout(CONNECT_MILLIS);
      connection.setRequestProperty("Authorization", "Bearer " + endpoint.token());
      return connection;
    } catch (IOException e) {
      throw silent(e);
    }
  }

  private InputStream answer(HttpURLConnection connection) {
    try {
      int status = connection.getResponseCode();
      if (status < 400) {
        return connection.getInputStream();
      }
      throw refused(status, connection.getErrorStream());
    } catch (IOException e) {
      throw silent(e);
    }
  }

  private static KitException refused(int status, InputStream body) throws IOException {
    String text = body == null ? "" : new String(body.readAllBytes(), StandardCharsets.UTF_8);
    try {
      JsonNode error = Json.mapper().readTree(text).path("error");
      if (error.isTextual()) {
        return new KitException(error.asText());
      }
    } catch (JsonProcessingException notJson) {
      return new KitException("KIT-7203 the gateway answered with status " + status + ": " + text, notJson);
    }
    return new KitException("KIT-7203 the gateway answered with status " + status + " and no reason");
  }

  private KitException silent(IOException cause) {
    return new KitException("KIT-7202 the gateway (process " + endpoint.pid() + ", port " + endpoint.port() + ") does not answer: "
        + cause.getMessage() + ". See 'kit logs'.", cause);
  }

  private static KitException brokenOff(IOException cause) {
    String reason = cause instanceof JsonProcessingException json ? json.getOriginalMessage() : cause.getMessage();
    return new KitException("KIT-7204 the gateway's answer broke off: " + reason + ". See 'kit logs'.", cause);
  }

  /** Reads an answer while it comes. */
  @FunctionalInterface
  interface StreamReader {
    void read(InputStream answer) throws IOException;
  }
}
