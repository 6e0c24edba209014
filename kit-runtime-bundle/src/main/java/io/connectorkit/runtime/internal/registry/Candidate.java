package io.connectorkit.runtime.internal.registry;

import io.connectorkit.declaration.Declaration;
import io.connectorkit.host.InstanceStatus.State;
import org.osgi.framework.Bundle;

/**
 * An instance as far as it has come.
 *
 * @param state REJECTED, WAITING, STARTING, READY, FAILED or STOPPED; that of its runs is not known here
 * @param bundle null if the connector is not deployed
 * @param declaration null if it is unknown
 * @param instance null unless it is READY
 */
public record Candidate(
    String name, String connector, State state, String reason, String remedy, Bundle bundle, Declaration declaration, Instance instance) {}
