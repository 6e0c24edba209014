package io.connectorkit.runtime.internal.store;

import java.time.Instant;
import java.util.List;

/**
 * A published table.
 *
 * @param sourceId name in the source
 * @param extractedAt when its rows were read
 * @param schemaJson Arrow's JSON form of the schema
 * @param run the run that published it
 * @param file Parquet file, relative to the instance's folder
 */
public record TableRecord(
    String table,
    String sourceId,
    String description,
    long rows,
    long bytes,
    Instant extractedAt,
    String schemaJson,
    List<String> primaryKey,
    String run,
    String file) {}
