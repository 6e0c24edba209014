package io.connectorkit.runtime.internal.store;

import io.connectorkit.api.Watermark;
import io.connectorkit.runtime.internal.config.Strategy;
import java.time.Instant;
import java.util.Optional;

/**
 * From where the next run of a table goes on; committed with its rows.
 *
 * @param strategy how new rows come in
 * @param watermark how far the table has been read; empty if the next read is a full one
 * @param basis what the watermark depends on, {@code name=value} line by line: if it changes, the next read is a full one
 * @param refreshedAt when all rows were read last
 */
public record TableState(Strategy strategy, Optional<Watermark> watermark, String basis, Instant refreshedAt) {}
