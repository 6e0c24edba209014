package io.connectorkit.contract;

import io.connectorkit.api.BatchSource;
import io.connectorkit.api.Cancellation;
import io.connectorkit.api.ConnectorContext;
import io.connectorkit.api.ConnectorException;
import io.connectorkit.api.Http;
import io.connectorkit.api.HttpOptions;
import io.connectorkit.api.Settings;
import io.connectorkit.http.HttpTransport;
import io.connectorkit.http.KitHttp;
import io.connectorkit.http.Pace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.types.pojo.Schema;

/** The instance that a probe hands to a connector. */
final class ProbeContext implements ConnectorContext, AutoCloseable {

  private static final int MAX_SELECTED = 10_000;

  private final Settings settings;
  private final Map<String, String> secrets;
  private final BufferAllocator allocator;
  private final Cancellation cancellation;
  private final Duck duck;
  private final Logger log;
  private final Path folder;
  private final HttpTransport transport = new HttpTransport();
  private final KitHttp http;
  private final ExecutorService executor = Executors.newCachedThreadPool();
  private final Map<String, AutoCloseable> shared = new LinkedHashMap<>();
  private Path scratch;

  ProbeContext(Map<String, Object> settings, Map<String, String> secrets, HttpOptions options, BufferAllocator allocator,
      Cancellation cancellation, Duck duck, Logger log, Path folder) {
    this.settings = new Settings(settings);
    this.secrets = Map.copyOf(secrets);
    this.allocator = allocator;
    this.cancellation = cancellation;
    this.duck = duck;
    this.log = log;
    this.folder = folder;
    this.http = new KitHttp(transport, options, new Pace(), cancellation, clock(), this.secrets::values).hasty();
  }

  @Override
  public String instance() {
    return "probe";
  }

  @Override
  public Settings settings() {
    return settings;
  }

  @Override
  public Optional<String> secret(String name) {
    return Optional.ofNullable(secrets.get(name));
  }

  @Override
  public BufferAllocator allocator() {
    return allocator;
  }

  @Override
  public Schema describe(BatchSource.Query query) {
    var nothing = new BatchSource.Query("SELECT * FROM (" + query.sql() + ") LIMIT 0", query.parameters());
    Schema[] schema = new Schema[1];
    try {
      duck.read(nothing, allocator, 1, reader -> schema[0] = reader.getVectorSchemaRoot().getSchema());
    } catch (IOException e) {
      throw ConnectorException.permanent(e.getMessage(), e);
    }
    return schema[0];
  }

  @Override
  public List<Map<String, Object>> select(BatchSource.Query query) {
    try {
      return duck.rows(query, "", "", MAX_SELECTED);
    } catch (SQLException e) {
      throw ConnectorException.permanent(e.getMessage(), e);
    }
  }

  @Override
  public synchronized Path scratch() {
    try {
      scratch = scratch == null ? Files.createTempDirectory("kit-probe-") : scratch;
      return scratch;
    } catch (IOException e) {
      throw ConnectorException.permanent("no folder for files can be made: " + e, e);
    }
  }

  @Override
  public Cancellation cancellation() {
    return cancellation;
  }

  @Override
  public ExecutorService executor() {
    return executor;
  }

  @Override
  public Clock clock() {
    return Clock.systemUTC();
  }

  @Override
  public void progress(long done, long expected) {
    // Nobody watches.
  }

  @Override
  public Http http() {
    return http;
  }

  @Override
  @SuppressWarnings("unchecked")
  public <T extends AutoCloseable> T shared(String key, Callable<T> factory) {
    synchronized (shared) {
      if (!shared.containsKey(key)) {
        try {
          shared.put(key, factory.call());
        } catch (RuntimeException e) {
          throw e;
        } catch (Exception e) {
          throw ConnectorException.permanent("'" + key + "' cannot be made: " + e.getMessage(), e);
        }
      }
      return (T) shared.get(key);
    }
  }

  /** All calls of a probe are those of one run. */
  @Override
  public <T extends AutoCloseable> T sharedInRun(String key, Callable<T> factory) {
    return shared("run/" + key, factory);
  }

  @Override
  public Path folder() {
    return folder;
  }

  /** Closes what the calls shared; a failure of it is the connector's. */
  @Override
  public void close() {
    http.close();
    executor.shutdownNow();
    try {
      synchronized (shared) {
        for (AutoCloseable each : shared.values()) {
          each.close();
        }
        shared.clear();
      }
    } catch (Exception e) {
      throw new IllegalStateException("what the calls shared cannot be closed: " + e, e);
    } finally {
      transport.close();
      deleteScratch();
    }
  }

  private synchronized void deleteScratch() {
    if (scratch != null) {
      try (Stream<Path> files = Files.walk(scratch)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  @Override
  public Logger log() {
    return log;
  }
}
