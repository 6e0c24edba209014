package io.connectorkit.runtime.internal.extract;

import java.time.Duration;

/**
 * How long a table may take; zero stands for no limit.
 *
 * @param stall without a batch
 * @param deadline in all
 */
public record Limits(Duration stall, Duration deadline) {

  /** As long as they like. */
  static final Limits NONE = new Limits(Duration.ZERO, Duration.ZERO);

  /** Whether that is longer than the limit. */
  public static boolean exceeded(Duration limit, long nanos) {
    return !limit.isZero() && nanos > limit.toNanos();
  }
}
