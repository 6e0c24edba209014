package io.connectorkit.host;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A published table and from where its next run goes on. No part is null.
 *
 * @param table view name
 * @param strategy how new rows come in: {@code replace}, {@code append} or {@code upsert}
 * @param watermarkKind kind of the watermark, such as {@code INSTANT}; empty if there is none
 * @param watermark how far the table has been read; empty if the next read is a full one
 * @param readAt when it was read last, in whichever mode
 * @param refreshedAt when all of its rows were read last
 * @param resetAt when the watermark was reset, if no run has read the table since
 * @param rows that the view shows
 * @param dataFiles number of files with rows
 * @param deleteFiles number of files with the positions of rows that are there no more
 * @param bytes size of all files
 * @param run the run that changed its rows last
 * @param basis what the watermark depends on, each as {@code name=value}: if one changes, the next read is a full one
 */
public record TableStatus(
    String table,
    String strategy,
    String watermarkKind,
    String watermark,
    Instant readAt,
    Instant refreshedAt,
    Optional<Instant> resetAt,
    long rows,
    int dataFiles,
    int deleteFiles,
    long bytes,
    String run,
    List<String> basis) {}
