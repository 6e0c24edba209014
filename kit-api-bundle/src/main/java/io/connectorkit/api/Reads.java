package io.connectorkit.api;

import org.osgi.annotation.versioning.ConsumerType;

/** Capability {@link Capability#READ}: the connector can deliver the rows of a table. */
@ConsumerType
public interface Reads extends Connector {

  /**
   * Opens one table for reading. Called once per table and run, after {@link Discovers#discover}; calls for different tables may come at
   * the same time. The rows are pulled later, from other threads, one batch at a time; the host closes the returned source exactly
   * once, also after a failure.
   *
   * @param request what to read
   * @return the rows of the table, lazily: all, or those at or above {@link ReadRequest#watermark()} if there is one; its schema must have
   *     the columns of {@link ReadRequest#table()}, or those of {@link ReadRequest#columns()}, by name and type; not null
   * @throws ConnectorException if the source does not answer, or refuses
   */
  BatchSource read(ReadRequest request);
}
