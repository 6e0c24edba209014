package io.connectorkit.http;

import java.net.URI;
import java.util.Map;

/**
 * One request as it is to be sent.
 *
 * @param body JSON; null for none
 * @param repeatable whether it may be sent again although the source may have worked on it
 * @param page number for messages; 0 for none
 */
record Outgoing(String method, URI uri, Map<String, String> headers, byte[] body, boolean repeatable, int page) {

  /** Without the query, which may hold secrets. */
  String label() {
    String path = uri.getRawPath();
    return method + " " + (path == null || path.isEmpty() ? "/" : Text.shown(path, 200)) + (page > 0 ? " (page " + page + ")" : "");
  }
}
