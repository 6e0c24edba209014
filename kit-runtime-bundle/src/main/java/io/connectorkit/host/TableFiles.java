package io.connectorkit.host;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/**
 * The files of a published table. They do not change under their names, and stay for a while after they were replaced.
 *
 * @param source the instance
 * @param table view name
 * @param rows that the view shows
 * @param extractedAt when its rows were read
 * @param run the run that changed it last
 * @param schemaJson Arrow's JSON form of the schema
 * @param whole whether the files alone are the table: false where rows in them are marked as deleted
 * @param data the files with rows, oldest first
 */
public record TableFiles(
    String source, String table, long rows, Instant extractedAt, String run, String schemaJson, boolean whole, List<File> data) {

  /** A Parquet file. */
  public record File(Path path, long rows, long bytes) {}
}
