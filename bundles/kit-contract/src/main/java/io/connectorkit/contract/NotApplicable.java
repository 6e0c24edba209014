package io.connectorkit.contract;

/** Why a check has nothing to look at. */
final class NotApplicable extends RuntimeException {

  private static final long serialVersionUID = 1L;

  NotApplicable(String reason) {
    super(reason, null, false, false);
  }
}
