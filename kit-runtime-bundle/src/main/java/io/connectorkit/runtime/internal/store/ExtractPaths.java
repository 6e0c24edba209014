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

  /** What streams published while a run went on, for as long as it does. */
  public Path journal() {
    return internal().resolve("journal");
  }

  /** What only the host touches. */
  Path internal() {
    return root.resolve(".kit");
  }

  Path lock() {
    return internal().resolve("lock");
  }

  Path publishing() {
    return internal().resolve("publishing");
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
   * @param run names the folder; what stands behind a slash tells the file from others of the table there
   * @param part what of it; empty for its rows
   */
  public Path snapshot(String run, String table, String part) {
    String[] place = run.split("/", 2);
    String name = table + (part.isEmpty() ? "" : "." + part) + ".parquet";
    return snapshots().resolve(place[0]).resolve(place.length == 1 ? name : place[1] + "." + name);
  }

  /** A path as it is recorded: relative, so that the folder can move. */
  public String relative(Path file) {
    return root.relativize(file).toString();
  }
}
