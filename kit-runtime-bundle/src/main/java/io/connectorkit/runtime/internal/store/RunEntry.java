package io.connectorkit.runtime.internal.store;

import io.connectorkit.host.RunRecord;

/**
 * A run and what it depended on.
 *
 * @param fingerprint of everything that makes another run necessary when it changes
 */
public record RunEntry(RunRecord record, String fingerprint) {}
