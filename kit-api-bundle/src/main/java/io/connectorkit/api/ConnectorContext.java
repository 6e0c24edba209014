package io.connectorkit.api;

import java.lang.System.Logger;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
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

  /**
   * A folder for files of this call, such as downloads that a query reads: empty when it is first asked for, and deleted with all in it when
   * the call, or the reading of what it returned, ends.
   *
   * @throws ConnectorException if it cannot be made
   */
  Path scratch();

  /** Tells whether the host still wants the result. */
  Cancellation cancellation();

  /**
   * Threads for work beside the call, such as to fetch ahead. They are daemons, carry the instance's name and are interrupted when the call,
   * or the batches it returned, end; the host shuts the executor down.
   */
  ExecutorService executor();

  /** The time, for what depends on it: tests set it. */
  Clock clock();

  /**
   * Tells people how far the call has come, in units of the connector's own, such as pages or slices; as often as it likes. It is a sign of
   * life too: a call that gives none, and no batch, is ended after a while.
   *
   * @param done so far; at least 0
   * @param expected in all; 0 if that is not known
   */
  void progress(long done, long expected);

  /** HTTP with the options under {@code http} in {@code connector.yaml}, if there are any. */
  Http http();

  /**
   * What has to live longer than a call, such as a client or a pool of connections: made by the first call that asks for it and handed to
   * all calls of the instance after that. The host closes it when the instance stops, is configured in another way or its bundle is updated;
   * then the next call makes another one. Close nothing of it in a call, and read secrets anew rather than keeping them in it.
   *
   * @param key unique within the connector
   * @param factory called at most once at a time; what it throws comes out of this method, as the cause of a {@link ConnectorException} if
   *     it is a checked exception
   * @throws java.util.concurrent.CancellationException if the instance has stopped
   */
  <T extends AutoCloseable> T shared(String key, Callable<T> factory);

  /**
   * The same for the calls of one run, such as a snapshot that all tables are read from: the host closes it when the run has ended. In a call
   * that belongs to no run, such as when people look around, it is closed with the call.
   *
   * @param key unique within the connector, other than those of {@link #shared}
   */
  <T extends AutoCloseable> T sharedInRun(String key, Callable<T> factory);

  /**
   * What the operator lays beside the instance's configuration file for it, such as drivers: the folder {@code etc/connectors/NAME}. Absolute;
   * need not exist; only to be read.
   */
  Path folder();

  /** The log of this instance. */
  Logger log();
}
