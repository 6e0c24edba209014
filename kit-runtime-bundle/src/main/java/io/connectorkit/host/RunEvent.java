package io.connectorkit.host;

/**
 * Something that happened to a run. No part is null unless said.
 *
 * @param kind what
 * @param run how the run stands now
 * @param table the table that it is about; null if it is about the run as a whole
 * @param record of the run once it has ended; null before, and if it broke off without one
 */
public record RunEvent(Kind kind, RunProgress run, RunProgress.Table table, RunRecord record) {

  /** What happened. */
  public enum Kind {
    /** It waits for its turn. */
    QUEUED,
    /** Its tables are known and the first ones begin. */
    STARTED,
    /** A table has come further, or is done. */
    TABLE,
    /** It has ended, in whichever way. */
    ENDED
  }
}
