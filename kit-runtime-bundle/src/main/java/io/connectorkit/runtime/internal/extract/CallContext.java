package io.connectorkit.runtime.internal.extract;

import io.connectorkit.api.BatchSource.Query;
import io.connectorkit.api.Cancellation;
import io.connectorkit.api.ConnectorContext;
import io.connectorkit.api.Http;
import io.connectorkit.api.HttpOptions;
import io.connectorkit.api.Settings;
import io.connectorkit.http.KitHttp;
import io.connectorkit.http.Pace;
import io.connectorkit.runtime.internal.duckdb.DuckDb;
import io.connectorkit.runtime.internal.duckdb.Sql;
import io.connectorkit.runtime.internal.registry.Instance;
import java.lang.System.Logger;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.types.pojo.Schema;
import org.duckdb.DuckDBConnection;
import org.slf4j.LoggerFactory;

/** What a connector gets for one call. Closed when the call, or the reading of what it returned, has ended. */
public final class CallContext implements ConnectorContext, AutoCloseable {

  /** Hears how far a call has come. */
  public interface Progress {

    Progress NONE = (done, expected) -> {};

    /** In units of the connector's own; expected is 0 if unknown. */
    void at(long done, long expected);
  }

  private static final String PACE = "\0pace";

  private final Instance instance;
  private final InstanceScopes scopes;
  private final InstanceScope scope;
  private final InstanceScope run;
  private final boolean ownRun;
  private final Progress progress;
  private final BufferAllocator allocator;
  private final DuckDb duckDb;
  private final Cancellation cancellation;
  /** Made when they are first asked for. */
  private ExecutorService executor;
  private KitHttp http;
  private Path scratch;
  private boolean closed;

  /** A call that belongs to no run. */
  public CallContext(Instance instance, BufferAllocator allocator, DuckDb duckDb, RunCancellation cancellation, InstanceScopes scopes,
      Progress progress) {
    this(instance, allocator, duckDb, cancellation, scopes, null, progress);
  }

  /** A call of a run; what the run's calls share is closed with the run. */
  CallContext(Instance instance, BufferAllocator allocator, DuckDb duckDb, RunCancellation cancellation, InstanceScopes scopes,
      InstanceScope run, Progress progress) {
    this.instance = instance;
    this.ownRun = run == null;
    this.run = ownRun ? new InstanceScope(instance) : run;
    this.scopes = scopes;
    this.scope = scopes.enter(instance);
    this.progress = progress;
    this.allocator = allocator;
    this.duckDb = duckDb;
    this.cancellation = new ConnectorCancellation(cancellation, instance);
  }

  @Override
  public String instance() {
    return instance.name();
  }

  @Override
  public Settings settings() {
    return instance.config().settings();
  }

  @Override
  public Optional<String> secret(String name) {
    return instance.secret(name);
  }

  @Override
  public BufferAllocator allocator() {
    return allocator;
  }

  @Override
  public Schema describe(Query query) {
    try (DuckDBConnection session = duckDb.open()) {
      return Sql.describe(session, query, allocator);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public List<Map<String, Object>> select(Query query) {
    try (DuckDBConnection session = duckDb.open()) {
      return Sql.select(session, query);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public synchronized Path scratch() {
    if (closed) {
      throw new CancellationException("the call has ended");
    }
    if (scratch == null) {
      scratch = scopes.scratch().folder(instance.name());
    }
    return scratch;
  }

  @Override
  public Cancellation cancellation() {
    return cancellation;
  }

  @Override
  public synchronized ExecutorService executor() {
    if (executor == null) {
      executor = Executors.newCachedThreadPool(new NamedThreads("kit-work-" + instance.name()));
      if (closed) {
        executor.shutdownNow();
      }
    }
    return executor;
  }

  @Override
  public Clock clock() {
    return Clock.systemUTC();
  }

  @Override
  public void progress(long done, long expected) {
    progress.at(done, expected);
  }

  @Override
  public synchronized Http http() {
    if (http == null) {
      HttpOptions options = instance.declaration().yaml().http().map(section -> section.options(settings(), this::secret)).orElse(HttpOptions.DEFAULT);
      http = new KitHttp(scopes.transport(), options, scope.shared(PACE, Pace::new), cancellation, clock(), instance::hidden);
      if (closed) {
        http.close();
      }
    }
    return http;
  }

  @Override
  public <T extends AutoCloseable> T shared(String key, Callable<T> factory) {
    return scope.shared(key, factory);
  }

  @Override
  public <T extends AutoCloseable> T sharedInRun(String key, Callable<T> factory) {
    return run.shared(key, factory);
  }

  @Override
  public Path folder() {
    return scopes.folder(instance);
  }

  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    if (http != null) {
      http.close();
    }
    if (executor != null) {
      executor.shutdownNow();
    }
    if (ownRun) {
      run.close();
    }
    if (scratch != null) {
      Scratch.delete(scratch);
    }
    scopes.leave(scope);
  }

  @Override
  public Logger log() {
    return new Slf4jLogger(LoggerFactory.getLogger("connector." + instance.name()), instance);
  }
}
