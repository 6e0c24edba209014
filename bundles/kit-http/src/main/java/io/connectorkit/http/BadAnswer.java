package io.connectorkit.http;

import java.io.IOException;

/** An answer that came and cannot be used; the message goes on from the words for the request. */
final class BadAnswer extends IOException {

  private static final long serialVersionUID = 1L;

  private final boolean passing;

  /** With what is wrong, and whether another try may help. */
  BadAnswer(String message, boolean passing) {
    super(message);
    this.passing = passing;
  }

  boolean passing() {
    return passing;
  }
}
