package io.connectorkit.host;

import io.connectorkit.api.WriteMode;

/**
 * A wish to write. No part is null.
 *
 * @param instance into whose source
 * @param table its view name or source id
 * @param mode what to do with the rows
 * @param sql one SELECT over {@code analytics.duckdb}; its columns go to those of the table by name
 * @param dryRun whether to check everything and change nothing
 * @param id of a write that broke off, to send its batches again under the same idempotency keys; empty for a write of its own
 */
public record WriteOrder(String instance, String table, WriteMode mode, String sql, boolean dryRun, String id) {}
