package io.connectorkit.runtime.internal.extract;

import io.connectorkit.api.ConnectorException;
import java.time.Duration;

/** When what a connector failed at is worth another try. */
public final class Retry {

  private static final Duration FIRST_WAIT = Duration.ofSeconds(1);
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(5);

  private Retry() {}

  /**
   * Waits before another attempt: as long as the source asked for, or else longer each time.
   *
   * @param attempt number of the one that failed, from 0 on
   * @return false if there is to be none
   */
  public static boolean waited(Throwable e, int attempt, RunCancellation cancellation) {
    if (!(e instanceof ConnectorException failure) || failure.kind() != ConnectorException.Kind.TRANSIENT) {
      return false;
    }
    try {
      Duration wait = failure.retryAfter().orElse(FIRST_WAIT.multipliedBy(1L << Math.min(attempt, 6)));
      return !cancellation.await(wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
