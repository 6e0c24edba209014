package io.connectorkit.cli;

/** What a person did or met that ends a command: the message is the one line they see, beginning with its code. */
final class KitException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  KitException(String message) {
    super(message);
  }

  KitException(String message, Throwable cause) {
    super(message, cause);
  }
}
