package io.connectorkit.runtime.internal.store;

import io.connectorkit.host.RunRecord;

/**
 * A run with its lineage.
 *
 * @param connector name and version of the connector
 * @param bundle symbolic name and version of the bundle
 * @param sha256 of the bundle's jar; empty if it did not come from a jar in the deploy folder
 * @param fingerprint of everything that makes another run necessary when it changes
 */
public record RunEntry(RunRecord record, String connector, String bundle, String sha256, String fingerprint) {}
