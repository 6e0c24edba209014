package io.connectorkit.host;

import java.time.Instant;

/**
 * A table that can be queried.
 *
 * @param source the instance: its schema in SQL
 * @param table its view
 * @param rows rows at extraction
 * @param bytes size of its files
 * @param extractedAt when its rows were read
 * @param mode {@code local}: in Parquet files here; {@code remote}: at the source, where it is queried
 * @param description for people
 */
public record StoredTable(String source, String table, long rows, long bytes, Instant extractedAt, String mode, String description) {}
