package io.connectorkit.cli;

import com.fasterxml.jackson.databind.JsonNode;

/** What a person sees while a run goes on. */
interface Progress extends AutoCloseable {

  void started(String instance, int tables);

  void rows(String table, long rows, long bytes);

  /** A table is done; {@code event} has table, outcome, rows, bytes, seconds and error. */
  void table(JsonNode event);

  @Override
  void close();
}
