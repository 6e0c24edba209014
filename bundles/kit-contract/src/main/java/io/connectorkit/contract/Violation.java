package io.connectorkit.contract;

/** What a check found: what, where, value and rule, on one line. */
final class Violation extends RuntimeException {

  private static final long serialVersionUID = 1L;

  Violation(String message) {
    super(message, null, false, false);
  }
}
