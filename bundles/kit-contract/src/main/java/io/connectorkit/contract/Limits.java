package io.connectorkit.contract;

import java.time.Duration;

/**
 * How much of a source the checks may use.
 *
 * @param rows most rows that one read takes; checks that need a whole table leave out larger ones
 * @param bytes most bytes of Arrow vectors that one read takes
 * @param tables most tables that are looked at closely; each table is read once in any case
 * @param call longest time for an answer, be it the tables or a batch
 * @param total longest time for all checks; those that are left over are skipped
 */
public record Limits(int rows, long bytes, int tables, Duration call, Duration total) {

  /** What is meant for a source that others use too: 2,000 rows, 16 MiB, 10 tables, 30 s, 5 min. */
  public static Limits gentle() {
    return new Limits(2_000, 16L << 20, 10, Duration.ofSeconds(30), Duration.ofMinutes(5));
  }

  /** Checks that something can be done at all. */
  public Limits {
    if (rows < 1 || bytes < 1 || tables < 1 || call.compareTo(Duration.ZERO) <= 0 || total.compareTo(Duration.ZERO) <= 0) {
      throw new IllegalArgumentException("limits must be above zero");
    }
  }
}
