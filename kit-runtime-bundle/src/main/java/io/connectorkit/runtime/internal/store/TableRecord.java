package io.connectorkit.runtime.internal.store;

import io.connectorkit.runtime.internal.store.StoredFile.Kind;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A published table.
 *
 * @param sourceId name in the source
 * @param rows that the view shows
 * @param extractedAt when its rows were read
 * @param schemaJson Arrow's JSON form of the schema
 * @param run the run that changed it last
 * @param files oldest first; later ones hold what came later
 * @param state from where the next run goes on
 * @param remote where its rows are, if they are not in files here
 */
public record TableRecord(
    String table,
    String sourceId,
    String description,
    long rows,
    Instant extractedAt,
    String schemaJson,
    List<String> primaryKey,
    String run,
    List<StoredFile> files,
    TableState state,
    Optional<RemoteTable> remote) {

  /** A table whose rows are here. */
  public TableRecord(String table, String sourceId, String description, long rows, Instant extractedAt, String schemaJson,
      List<String> primaryKey, String run, List<StoredFile> files, TableState state) {
    this(table, sourceId, description, rows, extractedAt, schemaJson, primaryKey, run, files, state, Optional.empty());
  }

  /** The same rows in other files. */
  public TableRecord with(List<StoredFile> others) {
    return new TableRecord(table, sourceId, description, rows, extractedAt, schemaJson, primaryKey, run, List.copyOf(others), state,
        remote);
  }

  /** The same table with another state. */
  public TableRecord with(TableState other) {
    return new TableRecord(table, sourceId, description, rows, extractedAt, schemaJson, primaryKey, run, files, other, remote);
  }

  /** {@code local} or {@code remote}. */
  public String mode() {
    return remote.isPresent() ? "remote" : "local";
  }

  /** Size of all files. */
  public long bytes() {
    return files.stream().mapToLong(StoredFile::bytes).sum();
  }

  /** The files with rows. */
  public List<StoredFile> data() {
    return of(Kind.DATA).toList();
  }

  /** The files with the positions of rows that are there no more. */
  public List<StoredFile> deletes() {
    return of(Kind.DELETES).toList();
  }

  private Stream<StoredFile> of(Kind kind) {
    return files.stream().filter(file -> file.kind() == kind);
  }
}
