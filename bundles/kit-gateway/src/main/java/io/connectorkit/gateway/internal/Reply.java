package io.connectorkit.gateway.internal;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;

/** An answer: one JSON value, or a line of JSON for each of many. */
final class Reply {

  private static final ObjectMapper JSON = JsonMapper.builder(JsonFactory.builder()
      .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(50).build()).build())
      .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
      .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
      .build();

  private final HttpServletResponse response;
  private OutputStream lines;

  Reply(HttpServletResponse response) {
    this.response = response;
  }

  static ObjectMapper json() {
    return JSON;
  }

  /** The whole answer. */
  void value(int status, Object value) throws IOException {
    value(status, value, "application/json");
  }

  /** The whole answer, as a kind of JSON. */
  void value(int status, Object value, String type) throws IOException {
    byte[] body = JSON.writeValueAsBytes(value);
    response.setStatus(status);
    response.setContentType(type);
    response.setContentLength(body.length);
    response.getOutputStream().write(body);
  }

  /** One more line; the first one begins the answer. Safe for use from several threads. */
  synchronized void line(Object value, boolean flush) throws IOException {
    if (lines == null) {
      response.setContentType("application/x-ndjson");
      lines = new BufferedOutputStream(response.getOutputStream(), 1 << 16);
    }
    JSON.writeValue(lines, value);
    lines.write('\n');
    if (flush) {
      lines.flush();
      response.flushBuffer();
    }
  }

  /** Ends the lines. */
  synchronized void end() throws IOException {
    if (lines != null) {
      lines.flush();
    }
  }

  /** An error; after lines have begun it is the last line. */
  void error(int status, String message) throws IOException {
    if (lines != null) {
      line(Map.of("error", message), true);
    } else {
      value(status, Map.of("error", message));
    }
  }
}
