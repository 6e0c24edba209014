package io.connectorkit.runtime.internal.store;

import java.util.List;

/**
 * An immutable file of a table.
 *
 * @param kind what it holds
 * @param path relative to the instance's folder
 * @param rows in it
 * @param bytes size
 * @param schemaJson Arrow's JSON form of its columns; empty for deletes
 * @param targets paths of the data files that deletes are about; empty for rows
 * @param partition the month that it is of; empty in a table that is not partitioned
 */
public record StoredFile(Kind kind, String path, long rows, long bytes, String schemaJson, List<String> targets, String partition) {

  /** A file with rows. */
  public static StoredFile data(String path, long rows, long bytes, String schemaJson) {
    return new StoredFile(Kind.DATA, path, rows, bytes, schemaJson, List.of(), "");
  }

  /** The same as a file of a partition. */
  public StoredFile in(String month) {
    return new StoredFile(kind, path, rows, bytes, schemaJson, targets, month);
  }

  /** What a file holds. */
  public enum Kind {
    /** Rows. */
    DATA,
    /** Which rows of which data files are there no more: columns {@code file} (its path) and {@code pos} (from 0). */
    DELETES
  }
}
