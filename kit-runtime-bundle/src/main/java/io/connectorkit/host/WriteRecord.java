package io.connectorkit.host;

import io.connectorkit.api.WriteMode;
import java.time.Instant;
import java.util.List;

/**
 * A write, ended. No part is null.
 *
 * @param write its id: the one that the order gave, or start in UTC and a random part
 * @param instance into whose source
 * @param table view name
 * @param mode what was done with the rows
 * @param dryRun whether nothing was to be changed
 * @param startedAt when
 * @param seconds how long
 * @param outcome over all rows
 * @param rows that the query gave
 * @param taken rows that the source has taken, or would have
 * @param refused rows that it has not
 * @param refusals the first {@value #MAX_REFUSALS} of those
 * @param error what ended the write before its end, and which rows that concerns, one line; empty if nothing did
 */
public record WriteRecord(
    String write,
    String instance,
    String table,
    WriteMode mode,
    boolean dryRun,
    Instant startedAt,
    double seconds,
    Outcome outcome,
    long rows,
    long taken,
    long refused,
    List<Refusal> refusals,
    String error) {

  /** So many refused rows are told one by one; all are counted. */
  public static final int MAX_REFUSALS = 100;

  /** Over all rows. */
  public enum Outcome {
    /** All were taken; there may have been none. */
    OK,
    /** Some were refused. */
    PARTIAL,
    /** It did not come to its end, or every row was refused. */
    FAILED,
    /** Somebody stopped it; the rows before are taken. */
    CANCELLED
  }

  /**
   * A row that the source has refused.
   *
   * @param row its number in the query's result, from 1 on
   * @param key values of its key, such as {@code id=7}; empty if it has none
   * @param reason one line
   */
  public record Refusal(long row, String key, String reason) {}
}
