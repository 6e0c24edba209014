package io.connectorkit.runtime.internal.extract;

import io.connectorkit.host.KitException;
import io.connectorkit.host.RunListener;
import io.connectorkit.host.RunOrder;
import io.connectorkit.host.RunRecord;
import io.connectorkit.host.Runs;
import io.connectorkit.runtime.internal.analytics.Analytics;
import io.connectorkit.runtime.internal.registry.Instance;
import io.connectorkit.runtime.internal.registry.Registry;
import io.connectorkit.runtime.internal.store.RunEntry;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts runs, one after the other for each instance, and ends those whose connector goes away. */
@Component(service = {Runs.class, RunService.class})
public final class RunService implements Runs {

  private static final Logger LOG = LoggerFactory.getLogger(RunService.class);
  private static final DateTimeFormatter RUN_ID = DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmssSSS'Z'").withZone(ZoneOffset.UTC);
  private static final long STOP_SECONDS = 10;

  /** A run that has begun; {@code ended} completes with its last action, also where nobody waits for the result any more. */
  private record Active(Instance instance, RunCancellation cancellation, CompletableFuture<Void> ended) {}

  private final Registry registry;
  private final Engine engine;
  private final Analytics analytics;
  private final ExecutorService threads = Executors.newCachedThreadPool(new NamedThreads("kit-run"));
  private final Map<String, CompletableFuture<?>> queues = new HashMap<>();
  private final Map<String, Active> active = new ConcurrentHashMap<>();
  /** The last run of each instance in this process, also where it could not be written down. */
  private final Map<String, RunRecord> latest = new ConcurrentHashMap<>();
  private final Runnable onChange = this::endOrphansAndWait;

  @Activate
  public RunService(@Reference Registry registry, @Reference Engine engine, @Reference Analytics analytics) {
    this.registry = registry;
    this.engine = engine;
    this.analytics = analytics;
    registry.onChange(onChange);
  }

  @Deactivate
  public void close() {
    registry.forget(onChange);
    active.values().forEach(run -> run.cancellation().cancel());
    active.values().forEach(RunService::awaitEnd);
    threads.shutdownNow();
  }

  @Override
  public CompletableFuture<RunRecord> start(RunOrder order, RunListener listener) {
    registry.require(order.instance());
    String run = RUN_ID.format(Instant.now()) + String.format("-%04x", ThreadLocalRandom.current().nextInt(0x10000));
    CompletableFuture<RunRecord> result = new CompletableFuture<>();
    synchronized (queues) {
      CompletableFuture<?> before = queues.getOrDefault(order.instance(), CompletableFuture.completedFuture(null));
      CompletableFuture<?> mine = before.handleAsync((ignored, failure) -> execute(order, run, listener, result), threads);
      queues.put(order.instance(), mine);
      mine.whenComplete((ignored, failure) -> {
        synchronized (queues) {
          queues.remove(order.instance(), mine);
        }
      });
    }
    return result;
  }

  private Object execute(RunOrder order, String run, RunListener listener, CompletableFuture<RunRecord> result) {
    RunCancellation cancellation = new RunCancellation();
    result.whenComplete((record, failure) -> {
      if (result.isCancelled()) {
        cancellation.cancel();
      }
    });
    Active task = null;
    try {
      // Asked for anew: while the run waited for its turn the connector may have been replaced.
      task = new Active(registry.require(order.instance()), cancellation, new CompletableFuture<>());
      active.put(run, task);
      endOrphans();
      RunRecord record = new Extraction(engine, task.instance(), order, run, cancellation, new Listeners(listener)).execute();
      latest.put(record.instance(), record);
      engine.trail(record.instance()).reached("run.recorded");
      log(record);
      result.complete(record);
    } catch (KitException e) {
      result.completeExceptionally(e);
    } catch (Throwable e) {
      LOG.error("KIT-9001 run {} of {} broke off", run, order.instance(), e);
      result.completeExceptionally(new KitException("KIT-9001", "the run broke off: " + e, e));
    } finally {
      if (task != null) {
        active.remove(run);
        task.ended().complete(null);
      }
    }
    return null;
  }

  private static void log(RunRecord run) {
    String summary = String.format(java.util.Locale.ROOT, "%s: %s, %d tables, %d rows, %.2f s (%s, run %s)", run.instance(), run.outcome(),
        run.tables().size(), run.rows(), run.seconds(), run.trigger(), run.run());
    if (run.outcome() == RunRecord.Outcome.OK) {
      LOG.info(summary);
    } else {
      LOG.warn("{}{}", summary, run.error().isEmpty() ? "" : ": " + run.error());
      run.tables().stream().filter(table -> !table.error().isEmpty())
          .forEach(table -> LOG.warn("{}.{}: {}: {}", run.instance(), table.table(), table.outcome(), table.error()));
    }
  }

  /** A connector's bundle stops only after its runs have ended, so that none of its code is left running. */
  private void endOrphans() {
    List<Active> orphans = active.values().stream()
        .filter(run -> registry.connectors().stream().noneMatch(connector -> connector == run.instance().connector())).toList();
    orphans.forEach(run -> run.cancellation().cancel());
  }

  private void endOrphansAndWait() {
    List<Active> before = List.copyOf(active.values());
    endOrphans();
    before.stream().filter(run -> run.cancellation().cancelled()).forEach(RunService::awaitEnd);
  }

  private static void awaitEnd(Active run) {
    try {
      run.ended().get(STOP_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      LOG.warn("KIT-3013 connector '{}' does not react to cancellation within {} s; its thread goes on until it returns",
          run.instance().declaration().name(), STOP_SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Whether a run of the instance goes on. */
  public boolean running(String instance) {
    return active.values().stream().anyMatch(run -> run.instance().name().equals(instance));
  }

  @Override
  public List<RunRecord> history() {
    Map<String, RunRecord> runs = new LinkedHashMap<>();
    // A run that has published its extract goes on until its tables can be queried as well.
    analytics.contents().values().stream().flatMap(content -> content.runs().stream()).map(RunEntry::record)
        .filter(run -> !active.containsKey(run.run())).forEach(run -> runs.put(run.run(), run));
    latest.values().forEach(run -> runs.put(run.run(), run));
    return runs.values().stream().sorted(Comparator.comparing(RunRecord::run).reversed()).toList();
  }
}
