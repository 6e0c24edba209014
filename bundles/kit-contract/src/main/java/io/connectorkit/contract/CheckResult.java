package io.connectorkit.contract;

import java.time.Duration;

/**
 * What came of a check.
 *
 * @param message of a failure: what, where, value, rule; of a skipped check: the reason; of a passed one: what was left out, mostly empty
 * @param remedy of a failure; empty otherwise
 */
public record CheckResult(String id, Outcome outcome, String message, String remedy, Duration took) {

  /** How a check ends. */
  public enum Outcome { PASSED, FAILED, SKIPPED }

  /** Message and remedy on one line. */
  public String line() {
    return message + (remedy.isEmpty() ? "" : "; " + remedy);
  }
}
