package io.connectorkit.runtime.internal.schema;

/**
 * One difference between two schemas.
 *
 * @param kind what is different
 * @param path the column, and the fields below it, with points between
 * @param before type, nullability or key before; empty for an added column
 * @param after the same afterwards; empty for a removed column
 */
public record SchemaChange(Kind kind, String path, String before, String after) {

  /** What is different. */
  public enum Kind { ADDED, REMOVED, TYPE, NULLABILITY, KEY }

  @Override
  public String toString() {
    return switch (kind) {
      case ADDED -> "added " + path + " " + after;
      case REMOVED -> "removed " + path + " " + before;
      case TYPE, NULLABILITY -> path + ": " + before + " -> " + after;
      case KEY -> "key: " + before + " -> " + after;
    };
  }
}
