package io.connectorkit.api;

import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;

/** Capability {@link Capability#READ}: the connector can deliver the rows of a table. */
@ConsumerType
public interface Reads extends Connector {

  /**
   * Cuts a table into pieces that are read side by side. Called once per table and run, before {@link #read}, which is then called for each
   * piece. Together the pieces hold each row once.
   *
   * @param request what to read, with {@link Split#WHOLE}
   * @return at least one
   * @throws ConnectorException if the source does not answer, or refuses
   */
  default List<Split> splits(ReadRequest request) {
    return List.of(Split.WHOLE);
  }

  /**
   * Opens one table, or one piece of it, for reading. Called once per piece, table and run, after {@link Discovers#discover}; calls for
   * different tables and pieces may come at the same time. The rows are pulled later, from other threads, one batch at a time; the host
   * closes the returned source exactly once, also after a failure.
   *
   * @param request what to read
   * @return the rows of the table, lazily: all, or those at or above {@link ReadRequest#watermark()} if there is one; its schema must have
   *     the columns of {@link ReadRequest#table()}, or those of {@link ReadRequest#columns()}, by name and type; not null
   * @throws ConnectorException if the source does not answer, or refuses
   */
  BatchSource read(ReadRequest request);
}
