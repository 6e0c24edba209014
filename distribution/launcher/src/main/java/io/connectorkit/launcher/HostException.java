package io.connectorkit.launcher;

/** The host cannot be started or reached; the message is one line for people and begins with its code. */
public final class HostException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public HostException(String message) {
    super(message);
  }

  public HostException(String message, Throwable cause) {
    super(message, cause);
  }
}
