package io.connectorkit.host;

import java.util.List;

/**
 * What a run did to one table.
 *
 * @param table view name
 * @param outcome in a word
 * @param rows published by this run: all of the table after a full read, new and changed ones after a delta
 * @param bytes size of the files that it added
 * @param seconds time spent
 * @param error one line; empty unless it failed
 * @param schemaChanges against what was published last, each in words; published in the same commit
 * @param mode {@code full}, {@code delta}, or {@code remote} if it is queried at its source; empty if it was not read to its end
 * @param deleted published rows that were replaced or deleted by a delta
 * @param watermarkBefore from where on it was read; empty if from the start
 * @param watermarkAfter from where on the next run reads; empty if from the start
 * @param note what an operator should know, such as why a full read was due; empty if nothing
 */
public record TableOutcome(
    String table,
    Outcome outcome,
    long rows,
    long bytes,
    double seconds,
    String error,
    List<String> schemaChanges,
    String mode,
    long deleted,
    String watermarkBefore,
    String watermarkAfter,
    String note) {

  /** In a word. */
  public enum Outcome {
    /** Rows were published. */
    OK,
    /** The source has nothing new; what is published is up to date. */
    UNCHANGED,
    /** The source says that the table has no rows, and that was published. */
    EMPTY,
    /** Nothing was published; the last good rows stay. */
    FAILED,
    /** The run ended before it came to this table; the last good rows stay. */
    SKIPPED
  }

  /** The outcome of a table of which nothing was published. */
  public static TableOutcome unpublished(String table, Outcome outcome, double seconds, String error) {
    return new TableOutcome(table, outcome, 0, 0, seconds, error, List.of(), "", 0, "", "", "");
  }
}
