package io.connectorkit.runtime.internal.extract;

import io.connectorkit.host.KitException;
import io.connectorkit.host.RunEvent;
import io.connectorkit.host.RunListener;
import io.connectorkit.host.RunOrder;
import io.connectorkit.host.RunProgress;
import io.connectorkit.host.RunRecord;
import io.connectorkit.host.Runs;
import io.connectorkit.runtime.internal.analytics.Analytics;
import io.connectorkit.runtime.internal.registry.Candidate;
import io.connectorkit.runtime.internal.registry.Instance;
import io.connectorkit.runtime.internal.registry.Registry;
import io.connectorkit.runtime.internal.store.RunEntry;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts runs, one after the other for each instance, and ends those whose connector or configuration goes away. */
@Component(service = {Runs.class, RunService.class})
public final class RunService implements Runs {

  private static final Logger LOG = LoggerFactory.getLogger(RunService.class);
  private static final DateTimeFormatter RUN_ID = DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmssSSS'Z'").withZone(ZoneOffset.UTC);
  private static final Duration STOP_PATIENCE = Duration.ofSeconds(10);

  private final Registry registry;
  private final Engine engine;
  private final Analytics analytics;
  private final RunQueue queue;
  private final RunBoard board = new RunBoard();
  private final Map<String, ActiveRun> active = new ConcurrentHashMap<>();
  /** Work with connectors that is no run. */
  private final Set<ActiveRun> others = ConcurrentHashMap.newKeySet();
  /** The last run of each instance in this process, also where it could not be written down. */
  private final Map<String, RunRecord> latest = new ConcurrentHashMap<>();
  private final Map<String, Runnable> afterwards = new ConcurrentHashMap<>();
  private final Consumer<Bundle> onStop = bundle -> end(of(bundle.getBundleId()));

  @Activate
  public RunService(@Reference Registry registry, @Reference Engine engine, @Reference Analytics analytics) {
    this.registry = registry;
    this.engine = engine;
    this.analytics = analytics;
    this.queue = engine.queue();
    registry.onStop(onStop);
  }

  @Deactivate
  public void close() {
    registry.forget(onStop);
    queue.close();
    end(all().toList());
  }

  @Override
  public CompletableFuture<RunRecord> start(RunOrder order, RunListener listener) {
    CompletableFuture<RunRecord> result = new CompletableFuture<>();
    enqueue(order, listener, result);
    return result;
  }

  @Override
  public String begin(RunOrder order) {
    return enqueue(order, RunListener.NONE, new CompletableFuture<>());
  }

  private String enqueue(RunOrder order, RunListener listener, CompletableFuture<RunRecord> result) {
    long bundle = registry.require(order.instance()).bundle().getBundleId();
    String run = newId();
    submit(order, bundle, board.open(run, order, listener, result), result);
    return run;
  }

  private void submit(RunOrder order, long bundle, RunBoard.Entry entry, CompletableFuture<RunRecord> result) {
    queue.submit(new RunQueue.Entry(order.instance(), bundle, () -> {
      if (!result.isDone() && execute(order, entry, result)) {
        entry.again(newId());
        submit(order, bundle, entry, result);
      }
    }, () -> Optional.ofNullable(afterwards.remove(order.instance())).ifPresent(Runnable::run)));
  }

  /** An id that sorts by time. */
  public static String newId() {
    return RUN_ID.format(Instant.now()) + String.format("-%04x", ThreadLocalRandom.current().nextInt(0x10000));
  }

  /** Work with an instance that can run. */
  @FunctionalInterface
  public interface Work<T> {

    /** Does it; what it throws is the result's failure, as it is if it is a KitException. */
    T with(Instance instance, RunCancellation cancellation) throws Exception;
  }

  /**
   * Has work with a connector done that is no run, by the rules for runs: it takes its turn, waits while the bundle is paused, and is ended
   * with the bundle. It is not done again after that.
   *
   * @param turn works of the same name follow each other
   * @throws KitException if the instance cannot run as it stands
   */
  public <T> CompletableFuture<T> work(String instance, String turn, Work<T> work) {
    long bundle = registry.require(instance).bundle().getBundleId();
    CompletableFuture<T> result = new CompletableFuture<>();
    queue.submit(new RunQueue.Entry(turn, bundle, () -> perform(newId(), instance, result, false, task -> {
      result.complete(work.with(task.instance(), task.cancellation()));
      return false;
    }), () -> { }));
    return result;
  }

  /** Executes an order; true if it is to be executed again. */
  private boolean execute(RunOrder order, RunBoard.Entry entry, CompletableFuture<RunRecord> result) {
    String run = entry.run();
    return perform(run, order.instance(), result, true, task -> {
      RunRecord record = new Extraction(engine, task.instance(), order, run, task.cancellation(), new Listeners(entry)).execute();
      latest.put(record.instance(), record);
      engine.trail(record.instance()).reached("run.recorded");
      log(record);
      if (task.again() && record.outcome() == RunRecord.Outcome.CANCELLED) {
        return true;
      }
      result.complete(record);
      return false;
    });
  }

  /** What is to be done while the connector is held; true if it is to be done again. */
  @FunctionalInterface
  private interface Step {
    boolean take(ActiveRun task) throws Exception;
  }

  private boolean perform(String id, String instance, CompletableFuture<?> result, boolean run, Step step) {
    RunCancellation cancellation = new RunCancellation();
    result.whenComplete((record, failure) -> {
      if (result.isCancelled()) {
        cancellation.cancel();
      }
    });
    ActiveRun task = null;
    try {
      // Asked for anew: while it waited for its turn the connector may have been replaced.
      task = new ActiveRun(registry.require(instance), cancellation);
      if (run) {
        active.put(id, task);
      } else {
        others.add(task);
      }
      if (!current(task)) {
        cancellation.cancel();
      }
      return step.take(task);
    } catch (KitException e) {
      result.completeExceptionally(e);
    } catch (Throwable e) {
      LOG.error("KIT-9001 run {} of {} broke off", id, instance, e);
      result.completeExceptionally(new KitException("KIT-9001", "the run broke off: " + e, e));
    } finally {
      if (task != null) {
        active.remove(id);
        others.remove(task);
        task.end();
      }
    }
    return false;
  }

  /** Whether a run works with the connector that is there now. */
  private boolean current(ActiveRun run) {
    return registry.find(run.instance().name()).map(Candidate::instance)
        .filter(instance -> instance.connector() == run.instance().connector()).isPresent();
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

  private Stream<ActiveRun> all() {
    return Stream.concat(active.values().stream(), others.stream());
  }

  private List<ActiveRun> of(long bundle) {
    return all().filter(run -> run.instance().bundle().getBundleId() == bundle).toList();
  }

  /** A connector's bundle stops only after its runs have ended, so that none of its code is left running. */
  private static void end(List<ActiveRun> runs) {
    runs.forEach(ActiveRun::cancel);
    for (ActiveRun run : runs) {
      if (!run.await(STOP_PATIENCE)) {
        LOG.warn("KIT-3013 connector '{}' does not react to cancellation within {} s; its thread goes on until it returns",
            run.instance().declaration().name(), STOP_PATIENCE.toSeconds());
      }
    }
  }

  @Override
  public Pause pause(long bundle, Duration patience) {
    queue.hold(bundle);
    long deadline = System.nanoTime() + patience.toNanos();
    List<ActiveRun> runs = of(bundle);
    List<ActiveRun> late = runs.stream().filter(run -> !run.await(Duration.ofNanos(deadline - System.nanoTime()))).toList();
    late.forEach(ActiveRun::repeat);
    end(late);
    return () -> queue.release(bundle);
  }

  /** Ends the runs of instances that are configured differently now, or not at all. */
  void endOutdated(Map<String, String> fingerprints) {
    all().filter(run -> !run.instance().fingerprint().equals(fingerprints.get(run.instance().name())))
        .forEach(ActiveRun::cancel);
  }

  /** Has something done once the run of an instance that has its turn now has ended; false if none has. */
  boolean after(String instance, Runnable then) {
    afterwards.put(instance, then);
    return running(instance) || !afterwards.remove(instance, then);
  }

  /** Forgets what is told of an instance beside its extract. */
  public void forget(String instance) {
    latest.remove(instance);
  }

  /** Whether a run of the instance waits for its turn. */
  public boolean waiting(String instance) {
    return queue.waits(instance);
  }

  /** Whether a run of the instance goes on, or is about to. */
  public boolean running(String instance) {
    return queue.runs(instance);
  }

  @Override
  public List<RunProgress> active() {
    return board.active();
  }

  @Override
  public boolean cancel(String run) {
    ActiveRun begun = active.get(run);
    if (begun == null) {
      return board.cancel(run);
    }
    begun.cancel();
    return true;
  }

  @Override
  public Watch watch(Consumer<RunEvent> watcher) {
    return board.watch(watcher);
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
