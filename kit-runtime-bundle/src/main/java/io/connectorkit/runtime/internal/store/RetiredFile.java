package io.connectorkit.runtime.internal.store;

import java.time.Instant;

/**
 * A file that is no longer published, and stays for readers that have it open.
 *
 * @param path relative to the instance's folder
 * @param retiredAt when it was replaced
 */
public record RetiredFile(String path, Instant retiredAt) {}
