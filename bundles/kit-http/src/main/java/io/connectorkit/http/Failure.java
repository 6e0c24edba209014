package io.connectorkit.http;

import io.connectorkit.api.ConnectorException;
import io.connectorkit.api.ConnectorException.Kind;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.Set;

/**
 * Why a try failed.
 *
 * @param untouched whether the source has surely not worked on it
 * @param pause how long the source wants to be left alone; null if it does not say so
 */
record Failure(Kind kind, String message, boolean untouched, Duration pause) {

  private static final Set<Integer> PASSING = Set.of(408, 425, 429, 500, 502, 503, 504, 507, 509, 520, 521, 522, 523, 524, 529);

  /** By status. */
  static Failure of(int status, Duration pause, String shown) {
    boolean throttled = status == 429 || (status == 503 || status == 403) && pause != null;
    String said = "answered " + status + (shown.isEmpty() ? "" : ": " + shown);
    if (throttled || PASSING.contains(status)) {
      return new Failure(Kind.TRANSIENT, said + (throttled && pause != null ? "; it asks for a pause of " + pause.toSeconds() + " s" : ""), throttled,
          throttled ? pause : null);
    }
    if (status == 401 || status == 403) {
      return new Failure(Kind.AUTHENTICATION, said + "; check the credentials and what they may see", true, null);
    }
    String remedy = status == 404 || status == 410 ? "; check the path and the base URL" : status / 100 == 3 ? "; check the base URL" : "";
    return new Failure(Kind.PERMANENT, said + remedy, true, null);
  }

  /** By what went wrong on the way. */
  static Failure of(IOException e, String source, Duration timeout) {
    if (e instanceof BadAnswer bad) {
      return new Failure(bad.passing() ? Kind.TRANSIENT : Kind.PERMANENT, "gave an answer that " + bad.getMessage(), false, null);
    }
    if (e instanceof HttpConnectTimeoutException || e instanceof ConnectException) {
      boolean unknown = e.getCause() instanceof ConnectException inner && inner.getCause() instanceof UnresolvedAddressException
          || e.getCause() instanceof UnresolvedAddressException;
      return new Failure(Kind.TRANSIENT, (unknown ? "has no address for " : "cannot connect to ") + source + "; check the base URL and the network", true,
          null);
    }
    if (e instanceof HttpTimeoutException) {
      return new Failure(Kind.TRANSIENT, "got no answer within " + timeout.toMillis() / 1000.0 + " s", false, null);
    }
    String message = e.getMessage() == null || e instanceof EOFException ? "" : " (" + e.getMessage() + ")";
    return new Failure(Kind.TRANSIENT, "broke off" + message, false, null);
  }

  ConnectorException exception(String label, Hidden hidden) {
    String text = hidden.in(label) + " " + Text.shown(hidden.in(message), 600);
    return switch (kind) {
      case AUTHENTICATION -> ConnectorException.authentication(text, null);
      case PERMANENT -> ConnectorException.permanent(text, null);
      case TRANSIENT -> ConnectorException.transientFailure(text, pause, null);
    };
  }
}
