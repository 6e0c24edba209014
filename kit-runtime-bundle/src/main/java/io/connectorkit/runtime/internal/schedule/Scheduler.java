package io.connectorkit.runtime.internal.schedule;

import io.connectorkit.host.KitException;
import io.connectorkit.host.RunListener;
import io.connectorkit.host.RunOrder;
import io.connectorkit.host.RunRecord;
import io.connectorkit.runtime.internal.config.Home;
import io.connectorkit.runtime.internal.config.Schedule;
import io.connectorkit.runtime.internal.extract.RunService;
import io.connectorkit.runtime.internal.registry.Candidate;
import io.connectorkit.runtime.internal.registry.Coalescer;
import io.connectorkit.runtime.internal.registry.Instance;
import io.connectorkit.runtime.internal.registry.Registry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts the runs that are due by the schedules of their instances. */
@Component(service = Scheduler.class, immediate = true)
public final class Scheduler {

  private static final Logger LOG = LoggerFactory.getLogger(Scheduler.class);

  /** A wait is measured by another clock than the one on the wall; after so long the two are compared. */
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);
  private static final long STOP_SECONDS = 10;

  private final Registry registry;
  private final RunService runs;
  private final boolean gateway;
  private final Clock clock = Clock.systemUTC();
  private final Timetable timetable = new Timetable();
  private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(work -> {
    Thread named = new Thread(work, "kit-schedule");
    named.setDaemon(true);
    return named;
  });
  /** Runs that began here, by instance; touched by the one thread only, as is the next. */
  private final Map<String, CompletableFuture<RunRecord>> begun = new HashMap<>();
  private Future<?> next = CompletableFuture.completedFuture(null);
  private final Runnable onChange = new Coalescer(thread, this::look);

  @Activate
  public Scheduler(@Reference Home home, @Reference Registry registry, @Reference RunService runs) {
    this.registry = registry;
    this.runs = runs;
    this.gateway = home.gateway();
    if (gateway) {
      registry.onChange(onChange);
      onChange.run();
    }
  }

  @Deactivate
  public void close() throws InterruptedException {
    registry.forget(onChange);
    thread.shutdownNow();
    // What it works with is closed next.
    thread.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS);
  }

  private void look() {
    next.cancel(false);
    try {
      List<Candidate> candidates = registry.scheduled() ? registry.candidates() : List.of();
      List<Instance> scheduled = candidates.stream().map(Candidate::instance).filter(Objects::nonNull)
          .filter(instance -> schedule(instance).isPresent()).toList();
      timetable.retain(scheduled.stream().map(Instance::name).toList());
      if (!scheduled.isEmpty()) {
        wait(startDue(scheduled));
      }
    } catch (RuntimeException e) {
      LOG.error("KIT-9005 schedules cannot be checked; tried again in {} s", LONGEST_WAIT.toSeconds(), e);
      wait(LONGEST_WAIT);
    }
  }

  private void wait(Duration time) {
    if (!thread.isShutdown()) {
      next = thread.schedule(this::look, time.toMillis() + 1, TimeUnit.MILLISECONDS);
    }
  }

  private static Optional<Schedule> schedule(Instance instance) {
    return instance.config().file().schedule();
  }

  /** Returns how long it is until the next one is due. */
  private Duration startDue(List<Instance> scheduled) {
    List<RunRecord> history = runs.history();
    Instant now = clock.instant();
    Duration shortest = LONGEST_WAIT;
    for (Instance instance : scheduled) {
      if (!due(instance, history, now).isAfter(now)) {
        timetable.passed(instance.name(), now);
        start(instance.name());
      }
      Duration until = Duration.between(now, due(instance, history, now));
      shortest = until.compareTo(shortest) < 0 ? until : shortest;
    }
    return shortest.isNegative() ? Duration.ZERO : shortest;
  }

  private Instant due(Instance instance, List<RunRecord> history, Instant now) {
    return timetable.due(instance.name(), schedule(instance).orElseThrow(),
        history.stream().filter(run -> run.instance().equals(instance.name())).toList(), now);
  }

  private void start(String instance) {
    CompletableFuture<RunRecord> before = begun.get(instance);
    if (runs.running(instance) || runs.waiting(instance) || before != null && !before.isDone()) {
      LOG.debug("{}: due by its schedule, but a run goes on; skipped", instance);
      return;
    }
    try {
      begun.put(instance, runs.start(new RunOrder(instance, List.of(), Timetable.TRIGGER), RunListener.NONE));
    } catch (KitException e) {
      LOG.debug("{}: due by its schedule, but no longer ready", instance, e);
    }
  }

  /** When an instance is extracted by itself; empty if it has no schedule, or if this process serves nobody. */
  public Optional<Instant> next(Instance instance, Optional<RunRecord> last) {
    return gateway && schedule(instance).isPresent() ? Optional.of(due(instance, last.stream().toList(), clock.instant())) : Optional.empty();
  }
}
