package io.connectorkit.cli.openapi;

/** A document that gives no connector. Its message is a half-sentence that goes on from the name of the file. */
public final class InvalidDocument extends RuntimeException {

  private static final long serialVersionUID = 1L;

  InvalidDocument(String message) {
    super(message);
  }
}
