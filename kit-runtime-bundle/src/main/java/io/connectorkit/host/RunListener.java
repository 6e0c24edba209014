package io.connectorkit.host;

import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;

/** Hears how a run goes, from several threads. What it throws is logged and does not reach the run. */
@ConsumerType
public interface RunListener {

  /** Hears nothing. */
  RunListener NONE = new RunListener() {};

  /** The tables are known and the first ones begin. */
  default void started(String run, List<String> tables) {}

  /**
   * A table has come that far; at most a few times a second per table.
   *
   * @param rows read so far; from 0 again when a read is tried again
   * @param bytes written so far
   * @param rowsPerSecond since the last time, not on average
   */
  default void progress(String table, long rows, long bytes, double rowsPerSecond) {}

  /**
   * How far a connector says that a table has come; at most a few times a second per table.
   *
   * @param done so far, in units of the connector's own, such as pages
   * @param expected in all; 0 if it does not know
   */
  default void work(String table, long done, long expected) {}

  /** A table is done, though not yet published. */
  default void table(TableOutcome outcome) {}
}
