package io.connectorkit.host;

import java.time.Instant;
import java.util.List;

/**
 * An instance as an operator sees it.
 *
 * @param instance its name; that of the connector where nothing is configured
 * @param connector name of the connector
 * @param version version of the connector; empty if it is not deployed
 * @param state where it stands
 * @param reason why it stands there, one line; empty when there is nothing to say
 * @param remedy what to do about it; empty when there is nothing to do
 * @param capabilities labels, sorted
 * @param bundle symbolic name and version of the bundle; empty if it is not deployed
 * @param bundleId id of the bundle, or -1
 * @param nextRun when its schedule is due next, which may have passed a moment ago; null if it has none, or is not ready
 */
public record InstanceStatus(
    String instance,
    String connector,
    String version,
    State state,
    String reason,
    String remedy,
    List<String> capabilities,
    String bundle,
    long bundleId,
    Instant nextRun) {

  /** Where an instance stands. */
  public enum State {
    /** The bundle contradicts itself or another one. */
    REJECTED,
    /** Something is missing that the operator can supply: a configuration key, a variable, the connector itself. */
    WAITING,
    /** Its connector is being made. */
    STARTING,
    /** Could run. */
    READY,
    /** Runs. */
    RUNNING,
    /** The last run published nothing, or the bundle does not start. */
    FAILED,
    /** Its bundle was stopped. */
    STOPPED
  }
}
