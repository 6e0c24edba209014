package io.connectorkit.runtime.internal.store;

import java.nio.file.Path;

/** The files of one instance's extract. */
public record ExtractPaths(Path root) {

  /** The commit point: opened read-only by anybody, replaced by rename. */
  public Path extract() {
    return root.resolve("extract.duckdb");
  }

  /** Stable names for people and downloaders. */
  Path data() {
    return root.resolve("data");
  }

  /** What only the host touches. */
  Path internal() {
    return root.resolve(".kit");
  }

  Path lock() {
    return internal().resolve("lock");
  }

  Path tmp() {
    return internal().resolve("tmp");
  }

  Path snapshots() {
    return internal().resolve("snapshots");
  }

  /**
   * A file that a run writes of a table.
   *
   * @param part what of it; empty for its rows
   */
  public Path snapshot(String run, String table, String part) {
    return snapshots().resolve(run).resolve(table + (part.isEmpty() ? "" : "." + part) + ".parquet");
  }

  /** A path as it is recorded: relative, so that the folder can move. */
  public String relative(Path file) {
    return root.relativize(file).toString();
  }
}
