package io.connectorkit.host;

import java.time.Instant;
import java.util.List;

/**
 * One run of an extraction, finished.
 *
 * @param run its id: start in UTC and a random part; sorts by time
 * @param instance whose run it was
 * @param trigger why it ran: {@code manual}, {@code capabilities} when its bundle or configuration was new, {@code schedule}
 * @param startedAt when
 * @param seconds how long
 * @param outcome over all tables
 * @param error what ended the whole run, one line; empty if nothing did
 * @param tables per table, in the order of discovery
 * @param lineage what ran
 */
public record RunRecord(
    String run,
    String instance,
    String trigger,
    Instant startedAt,
    double seconds,
    Outcome outcome,
    String error,
    List<TableOutcome> tables,
    Lineage lineage) {

  /**
   * The code that a run's rows came through. No part is null.
   *
   * @param connector name of the connector
   * @param version version of the connector
   * @param bundle symbolic name and version of its bundle
   * @param jarSha256 of the bundle's jar, in hex; empty if it did not come from a jar in the deploy folder
   */
  public record Lineage(String connector, String version, String bundle, String jarSha256) {}

  /** Over all tables. */
  public enum Outcome {
    /** Every table was published. */
    OK,
    /** Some were. */
    PARTIAL,
    /** None was. */
    FAILED,
    /** Somebody stopped it; finished tables were not published. */
    CANCELLED
  }

  /** Published rows. */
  public long rows() {
    return tables.stream().mapToLong(TableOutcome::rows).sum();
  }

  /** Published bytes. */
  public long bytes() {
    return tables.stream().mapToLong(TableOutcome::bytes).sum();
  }
}
