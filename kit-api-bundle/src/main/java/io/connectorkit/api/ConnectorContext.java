package io.connectorkit.api;

import java.lang.System.Logger;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.types.pojo.Schema;
import org.osgi.annotation.versioning.ProviderType;

/** One configured instance of a connector during one call. Safe from any thread while the call, or the batches it returned, last. */
@ProviderType
public interface ConnectorContext {

  /** The name of the instance: of its configuration file, of its folder of extracts and of its schema in SQL. */
  String instance();

  /** The {@code config} section of the instance, checked against {@code connector.yaml}, defaults filled in. */
  Settings settings();

  /**
   * A secret that {@code connector.yaml} declares under {@code auth.env_vars}. Keep it out of messages, logs and schemas.
   *
   * @param name the variable's name as declared
   * @return empty if the operator did not set it
   * @throws IllegalArgumentException if the name is not declared
   */
  Optional<String> secret(String name);

  /** Memory for Arrow vectors. It belongs to the call; the host reports what is not released when the batches are closed. */
  BufferAllocator allocator();

  /**
   * The schema of a query's result, by the host's DuckDB and without running it.
   *
   * @throws ConnectorException if DuckDB refuses the query, in its words
   */
  Schema describe(BatchSource.Query query);

  /**
   * A small result, such as a sample to learn types from: at most 10,000 rows, each a map from column to Java value or null.
   *
   * @throws ConnectorException if DuckDB refuses the query, or it gives more rows
   */
  List<Map<String, Object>> select(BatchSource.Query query);

  /** Tells whether the host still wants the result. */
  Cancellation cancellation();

  /** The log of this instance. */
  Logger log();
}
