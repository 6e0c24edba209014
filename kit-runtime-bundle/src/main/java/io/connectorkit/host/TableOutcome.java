package io.connectorkit.host;

import java.util.List;

/**
 * What a run did to one table.
 *
 * @param table view name
 * @param outcome in a word
 * @param rows published rows
 * @param bytes size of the published Parquet file
 * @param seconds time spent
 * @param error one line; empty unless it failed
 * @param schemaChanges against what was published last, each in words; published in the same commit
 */
public record TableOutcome(String table, Outcome outcome, long rows, long bytes, double seconds, String error,
    List<String> schemaChanges) {

  /** In a word. */
  public enum Outcome {
    /** Rows were published. */
    OK,
    /** The source says that the table has no rows, and that was published. */
    EMPTY,
    /** Nothing was published; the last good rows stay. */
    FAILED,
    /** The run ended before it came to this table; the last good rows stay. */
    SKIPPED
  }
}
