package io.connectorkit.host;

import java.time.Instant;
import java.util.List;

/**
 * A run that waits for its turn or goes on. No part is null.
 *
 * @param run its id
 * @param instance whose run it is
 * @param trigger why it runs
 * @param since when it was asked for
 * @param running whether it has begun
 * @param tables how far each has come, in their order; empty until they are known
 */
public record RunProgress(String run, String instance, String trigger, Instant since, boolean running, List<Table> tables) {

  /**
   * How far a table has come.
   *
   * @param table view name
   * @param outcome in a word once it is done; empty before
   * @param rows read so far, or published
   * @param bytes written so far
   * @param rowsPerSecond of late
   * @param done how far the connector says that it has come, in units of its own
   * @param expected of those in all; 0 if it does not know
   * @param error one line; empty unless it failed
   */
  public record Table(String table, String outcome, long rows, long bytes, double rowsPerSecond, long done, long expected, String error) {}
}
