package io.connectorkit.deployer.internal;

import java.time.Duration;

/**
 * How patient the deployer is.
 *
 * @param drain how long a run may still take whose connector is to be replaced
 * @param ready how long a connector may take to start, and to answer for the first time after an upgrade
 * @param gateway whether this process serves; one that boots for a single command asks no source
 */
record DeploySettings(Duration drain, Duration ready, boolean gateway) {}
