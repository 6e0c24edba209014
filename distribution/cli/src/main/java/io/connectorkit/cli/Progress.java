package io.connectorkit.cli;

import com.fasterxml.jackson.databind.JsonNode;

/** What a person sees while a run, or a write, goes on. */
interface Progress extends AutoCloseable {

  /** It begins: what it is about, such as {@code extracting 2 tables}, and in how many steps. */
  void started(String instance, String task, int steps);

  /** A table has come that far; {@code event} has table, rows, bytes and rowsPerSecond. */
  void rows(JsonNode event);

  /** How far the connector says that a table has come; {@code event} has table, done and expected, which is 0 if it does not know. */
  void work(JsonNode event);

  /** A table is done; {@code event} has table, outcome, mode, rows, deleted, bytes, seconds, error and note. */
  void table(JsonNode event);

  @Override
  void close();
}
