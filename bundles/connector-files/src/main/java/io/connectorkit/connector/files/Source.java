package io.connectorkit.connector.files;

import io.connectorkit.api.BatchSource;
import io.connectorkit.api.ConnectorException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * Where one table comes from.
 *
 * @param id the file's name or the glob, as the operator sees it
 * @param view name of the table
 * @param files real paths inside the folder, sorted
 * @param problem why it cannot be read, if that is known from the names alone
 */
record Source(String id, String view, List<Path> files, FileOptions options, Optional<String> problem) {

  FileReader reader() {
    return options.format().reader();
  }

  String named() {
    return "file '" + id + "'";
  }

  ConnectorException failure(String reason, Throwable cause) {
    return ConnectorException.permanent(named() + ": " + reason, cause);
  }

  String description() {
    return options.format() + (files.size() == 1 ? " file " + id : " files " + id + " (" + files.size() + ")");
  }

  /**
   * Differs whenever the files do, as far as names, sizes and times of modification tell.
   *
   * @throws ConnectorException if a file is gone or the source has a problem
   */
  String version() {
    if (problem.isPresent()) {
      throw failure(problem.get(), null);
    }
    StringBuilder states = new StringBuilder();
    for (Path file : files) {
      states.append(file).append('|').append(size(file)).append('|').append(modified(file)).append('\n');
    }
    return UUID.nameUUIDFromBytes(states.toString().getBytes(StandardCharsets.UTF_8)).toString();
  }

  List<String> patterns() {
    return files.stream().map(Sql::pattern).toList();
  }

  /** Field names and types on one line. */
  static String columns(Schema schema) {
    return schema.getFields().stream().map(field -> field.getName() + " " + field.getType()
        + (field.getChildren().isEmpty() ? "" : "<" + columns(new Schema(field.getChildren())) + ">")).collect(Collectors.joining(", "));
  }

  /**
   * The rows of a query, followed by a look at the files: it gives no row, but fails the query if a file changed while it was read. DuckDB
   * runs the parts of a UNION ALL one after the other.
   */
  BatchSource guarded(BatchSource.Query query, int columns) {
    String nothing = "NULL" + ", NULL".repeat(columns - 1);
    String sql = "SELECT * FROM (" + query.sql() + ") UNION ALL SELECT " + nothing + " FROM read_blob(?::VARCHAR[])"
        + " WHERE CASE WHEN list_contains(?::VARCHAR[], filename || '|' || size || '|' || floor(epoch(last_modified))::BIGINT) THEN false"
        + " ELSE error('file ' || filename || ' changed while it was read; run again when nobody writes to it') END";
    List<Object> parameters = new ArrayList<>(query.parameters());
    parameters.add(patterns());
    parameters.add(files.stream().map(file -> file + "|" + size(file) + "|" + modified(file).to(TimeUnit.SECONDS)).toList());
    return new BatchSource.Query(sql, parameters);
  }

  private long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  private FileTime modified(Path file) {
    try {
      return Files.getLastModifiedTime(file);
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  private ConnectorException unreadable(Path file, IOException e) {
    return failure(e instanceof NoSuchFileException ? file.getFileName() + " is gone" : "cannot be read: " + e, e);
  }
}
