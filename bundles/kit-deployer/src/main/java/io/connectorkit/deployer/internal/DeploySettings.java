package io.connectorkit.deployer.internal;

import java.time.Duration;
import java.util.function.Supplier;

/**
 * How patient the deployer is, as it is configured now.
 *
 * @param gateway whether this process serves; one that boots for a single command asks no source
 */
record DeploySettings(Supplier<DeployerConfig> config, boolean gateway) {

  /** How long a run may still take whose connector is to be replaced. */
  Duration drain() {
    return Duration.ofSeconds(config.get().drain_seconds());
  }

  /** How long a connector may take to start, and to answer for the first time after an upgrade. */
  Duration ready() {
    return Duration.ofSeconds(config.get().ready_seconds());
  }
}
