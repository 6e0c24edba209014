package io.connectorkit.api;

import java.time.Duration;
import java.util.Optional;

/** A failure of the source, classed by what the host should do about it. The message is shown to people: one line, no secret in it. */
public final class ConnectorException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** What the host should do. */
  public enum Kind {
    /** Credentials are missing, wrong or expired: stop the run and tell the operator. */
    AUTHENTICATION,
    /** Trying again gives the same answer: fail the table. */
    PERMANENT,
    /** Worth another try, after a while. */
    TRANSIENT
  }

  private final Kind kind;
  private final Duration retryAfter;

  private ConnectorException(Kind kind, String message, Duration retryAfter, Throwable cause) {
    super(message, cause);
    this.kind = kind;
    this.retryAfter = retryAfter;
  }

  /** The source refused the credentials. The cause may be null. */
  public static ConnectorException authentication(String message, Throwable cause) {
    return new ConnectorException(Kind.AUTHENTICATION, message, null, cause);
  }

  /** The source will not answer this differently. The cause may be null. */
  public static ConnectorException permanent(String message, Throwable cause) {
    return new ConnectorException(Kind.PERMANENT, message, null, cause);
  }

  /** The source may answer later: not before {@code retryAfter}, where it said so (else null). The cause may be null. */
  public static ConnectorException transientFailure(String message, Duration retryAfter, Throwable cause) {
    return new ConnectorException(Kind.TRANSIENT, message, retryAfter, cause);
  }

  /** The class of the failure; not null. */
  public Kind kind() {
    return kind;
  }

  /** How long the source asked to be left alone. */
  public Optional<Duration> retryAfter() {
    return Optional.ofNullable(retryAfter);
  }
}
