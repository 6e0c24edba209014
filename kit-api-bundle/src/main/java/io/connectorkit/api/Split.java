package io.connectorkit.api;

import java.util.Objects;

/**
 * A piece of a table that can be read by itself (the term is that of Hadoop and Flink). Only its connector understands it; it is plain text,
 * so that it can be kept, sent elsewhere and read again with the same rows.
 *
 * @param version of the text's form, for the connector to know what it wrote
 * @param text what tells this piece from the others, such as a range of keys; not null
 */
public record Split(int version, String text) {

  /** The table in one piece. */
  public static final Split WHOLE = new Split(0, "");

  /** Checks the text. */
  public Split {
    Objects.requireNonNull(text);
  }
}
