package io.connectorkit.runtime.internal.extract;

import io.connectorkit.runtime.internal.analytics.Analytics;
import io.connectorkit.runtime.internal.config.Home;
import io.connectorkit.runtime.internal.config.HostConfig;
import io.connectorkit.runtime.internal.duckdb.ArrowMemory;
import io.connectorkit.runtime.internal.duckdb.DuckDb;
import io.connectorkit.runtime.internal.remote.RemotePolicy;
import io.connectorkit.runtime.internal.remote.RemoteSessions;
import io.connectorkit.runtime.internal.store.ExtractPaths;
import io.connectorkit.runtime.internal.store.ExtractStore;
import io.connectorkit.runtime.internal.store.Steps;
import io.connectorkit.runtime.internal.store.Trail;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.apache.arrow.memory.BufferAllocator;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/** What every run shares: limits, memory, DuckDB, and the places to write to. */
@Component(service = Engine.class, configurationPid = HostConfig.PID)
public final class Engine {

  private final Home home;
  private final DuckDb duckDb;
  private final ArrowMemory memory;
  private final Discovery discovery;
  private final Analytics analytics;
  private final Steps steps;
  private final InstanceScopes scopes;
  private final RemotePolicy policy;
  private final RemoteSessions remote;
  private final HostConfig config;
  private final ScheduledExecutorService watchdog = Executors.newSingleThreadScheduledExecutor(new NamedThreads("kit-watchdog"));

  @Activate
  public Engine(@Reference Home home, @Reference DuckDb duckDb, @Reference ArrowMemory memory, @Reference Discovery discovery,
      @Reference Analytics analytics, @Reference Steps steps, @Reference InstanceScopes scopes, @Reference RemotePolicy policy,
      @Reference RemoteSessions remote, HostConfig config) {
    this.home = home;
    this.duckDb = duckDb;
    this.memory = memory;
    this.discovery = discovery;
    this.analytics = analytics;
    this.steps = steps;
    this.scopes = scopes;
    this.policy = policy;
    this.remote = remote;
    this.config = config;
  }

  @Deactivate
  public void close() {
    watchdog.shutdownNow();
  }

  ExtractStore store(String instance) {
    return new ExtractStore(new ExtractPaths(home.extracts().resolve(instance)), duckDb, trail(instance));
  }

  Trail trail(String instance) {
    return steps.of(instance);
  }

  /** The host's own. */
  public DuckDb duckDb() {
    return duckDb;
  }

  /** What asks connectors for their tables. */
  public Discovery discovery() {
    return discovery;
  }

  public InstanceScopes scopes() {
    return scopes;
  }

  RemotePolicy policy() {
    return policy;
  }

  RemoteSessions remote() {
    return remote;
  }

  Analytics analytics() {
    return analytics;
  }

  /** Memory for one run; what its tables get is taken out of it. */
  public BufferAllocator allocate(String run) {
    return memory.allocate(run, (long) config.run_memory_mib() << 20);
  }

  /** Threads of its own that a connector may have; 0 for no limit. */
  public int connectorThreads() {
    return config.connector_threads();
  }

  /** A queue of its own for whoever starts runs. */
  RunQueue queue() {
    return new RunQueue(config.run_parallel(), config.connector_runs());
  }

  /** Rows of a batch. */
  public int batchSize() {
    return config.run_batch_size();
  }

  int parallelTables() {
    return config.run_parallel_tables();
  }

  /** How often what may pass is tried again. */
  public int retries() {
    return config.run_retries();
  }

  /** How long things may take. */
  public Limits limits() {
    return new Limits(Duration.ofSeconds(config.run_stall_seconds()), Duration.ofMinutes(config.run_deadline_minutes()));
  }

  /** Has a check run every second until it is cancelled. */
  public ScheduledFuture<?> watch(Runnable check) {
    return watchdog.scheduleWithFixedDelay(check, 1, 1, TimeUnit.SECONDS);
  }

  Duration grace() {
    return Duration.ofMinutes(config.snapshot_grace_minutes());
  }

  int minFreeMib() {
    return config.run_min_free_mib();
  }

  int history() {
    return config.run_history();
  }
}
