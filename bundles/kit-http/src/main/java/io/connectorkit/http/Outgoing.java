package io.connectorkit.http;

import java.net.URI;
import java.util.Map;
import java.util.stream.Stream;

/**
 * One request as it is to be sent.
 *
 * @param body JSON; null for none
 * @param repeatable whether it may be sent again although the source may have worked on it
 * @param nothing whether it is an answer that there is nothing
 * @param page number for messages; 0 for none
 */
record Outgoing(String method, URI uri, Map<String, String> headers, byte[] body, boolean repeatable, boolean nothing, int page) {

  Outgoing to(URI other) {
    return new Outgoing(method, other, headers, body, repeatable, nothing, page);
  }

  Outgoing orNothing() {
    return new Outgoing(method, uri, headers, body, repeatable, true, page);
  }

  Outgoing page(int number) {
    return new Outgoing(method, uri, headers, body, repeatable, nothing, number);
  }

  /** With a parameter where those of such a request stand: in the JSON object that it sends, or else in the query. */
  Outgoing with(String name, Object value) {
    if (body == null || body.length == 0 || body[0] != '{') {
      return to(Queries.with(uri, name, Stream.of(Text.of(value))));
    }
    return new Outgoing(method, uri, headers, JsonValues.with(body, name, value), repeatable, nothing, page);
  }

  /** Without the query, which may hold secrets. */
  String label() {
    String path = uri.getRawPath();
    return method + " " + (path == null || path.isEmpty() ? "/" : Text.shown(path, 200)) + (page > 0 ? " (page " + page + ")" : "");
  }
}
