package io.connectorkit.runtime.internal.status;

import io.connectorkit.api.Capability;
import io.connectorkit.api.TableInfo;
import io.connectorkit.host.DeployedFile;
import io.connectorkit.host.InstanceStatus;
import io.connectorkit.host.InstanceStatus.State;
import io.connectorkit.host.Instances;
import io.connectorkit.host.KitException;
import io.connectorkit.host.RunRecord;
import io.connectorkit.host.RunRecord.Outcome;
import io.connectorkit.host.TableOutcome;
import io.connectorkit.runtime.internal.extract.Discovery;
import io.connectorkit.runtime.internal.extract.RunCancellation;
import io.connectorkit.runtime.internal.extract.RunService;
import io.connectorkit.runtime.internal.isolation.Leftovers;
import io.connectorkit.runtime.internal.isolation.Sayable;
import io.connectorkit.runtime.internal.registry.Candidate;
import io.connectorkit.runtime.internal.registry.Registry;
import io.connectorkit.runtime.internal.schedule.Scheduler;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.osgi.framework.Bundle;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Shows the registry to operators, together with what the runs have to say. */
@Component
public final class InstanceService implements Instances {

  private static final Pattern BETWEEN_PROBLEMS = Pattern.compile("; (?=KIT-\\d{4} )");

  private final Registry registry;
  private final RunService runs;
  private final Discovery discovery;
  private final Scheduler scheduler;
  private final Leftovers leftovers;

  @Activate
  public InstanceService(@Reference Registry registry, @Reference RunService runs, @Reference Discovery discovery,
      @Reference Scheduler scheduler, @Reference Leftovers leftovers) {
    this.registry = registry;
    this.runs = runs;
    this.discovery = discovery;
    this.scheduler = scheduler;
    this.leftovers = leftovers;
  }

  @Override
  public List<InstanceStatus> list() {
    Map<String, RunRecord> last = lastRuns();
    return registry.candidates().stream().map(candidate -> status(candidate, Optional.ofNullable(last.get(candidate.name())))).toList();
  }

  private Map<String, RunRecord> lastRuns() {
    Map<String, RunRecord> last = new HashMap<>();
    runs.history().forEach(run -> last.putIfAbsent(run.instance(), run));
    return last;
  }

  private InstanceStatus status(Candidate candidate, Optional<RunRecord> last) {
    State state = candidate.state();
    String reason = candidate.reason();
    if (state == State.READY && runs.running(candidate.name())) {
      state = State.RUNNING;
    } else if (state == State.READY && last.map(RunRecord::outcome).filter(outcome -> outcome == Outcome.FAILED).isPresent()) {
      state = State.FAILED;
      reason = "the last run failed: " + error(last.get());
    }
    Instant nextRun = Optional.ofNullable(candidate.instance()).flatMap(instance -> scheduler.next(instance, last)).orElse(null);
    return status(candidate, state, reason, nextRun);
  }

  private static InstanceStatus withoutRuns(Candidate candidate) {
    return status(candidate, candidate.state(), candidate.reason(), null);
  }

  private static InstanceStatus status(Candidate candidate, State state, String reason, Instant nextRun) {
    var declaration = candidate.declaration();
    var bundle = candidate.bundle();
    return new InstanceStatus(candidate.name(), candidate.connector(), declaration == null ? "" : declaration.version(), state, reason,
        candidate.remedy(), declaration == null ? List.of() : declaration.capabilities().stream().map(Capability::label).sorted().toList(),
        bundle == null ? "" : bundle.getSymbolicName() + " " + bundle.getVersion(), bundle == null ? -1 : bundle.getBundleId(),
        nextRun);
  }

  private static String error(RunRecord run) {
    return !run.error().isEmpty() ? run.error()
        : run.tables().stream().map(TableOutcome::error).filter(text -> !text.isEmpty()).findFirst().orElse("see the log");
  }

  @Override
  public List<TableInfo> discover(String name) {
    return discovery.discover(registry.require(name), new RunCancellation());
  }

  @Override
  public List<TableInfo> discover(String name, Duration limit) {
    return discovery.discover(registry.require(name), new RunCancellation(), limit);
  }

  @Override
  public List<InstanceStatus> settled(long bundle, Duration patience) {
    CountDownLatch settled = new CountDownLatch(1);
    Runnable look = () -> {
      if (!registry.starting(bundle)) {
        settled.countDown();
      }
    };
    registry.onChange(look);
    try {
      look.run();
      settled.await(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      registry.forget(look);
    }
    return registry.of(bundle).stream().map(InstanceService::withoutRuns).toList();
  }

  @Override
  public List<String> explain(String name) {
    List<String> lines = new ArrayList<>();
    for (DeployedFile file : registry.files()) {
      boolean ofInstance = registry.candidates().stream().anyMatch(candidate -> candidate.name().equals(name) && candidate.bundle() != null
          && candidate.bundle().getBundleId() == file.bundleId());
      if (ofInstance || file.file().equals(name) || (!file.bundle().isEmpty() && file.bundle().equals(name))) {
        lines.add("file " + Sayable.line(file.file()) + ": " + file.state() + (file.reason().isEmpty() ? "" : ": " + file.reason()));
      }
    }
    Set<String> bundles = new TreeSet<>(Set.of(name));
    for (Candidate candidate : registry.candidates()) {
      boolean ofBundle = candidate.bundle() != null && candidate.bundle().getSymbolicName().equals(name);
      if (candidate.name().equals(name) || candidate.connector().equals(name) || ofBundle) {
        explain(candidate, Optional.ofNullable(lastRuns().get(candidate.name())), lines);
        Optional.ofNullable(candidate.bundle()).map(Bundle::getSymbolicName).ifPresent(bundles::add);
      }
    }
    bundles.stream().flatMap(bundle -> leftovers.of(bundle).stream()).forEach(lines::add);
    if (lines.isEmpty()) {
      throw new KitException("KIT-3001", "nothing here is called '" + name + "'; there are instances "
          + registry.candidates().stream().map(Candidate::name).toList() + " and files "
          + registry.files().stream().map(DeployedFile::file).toList());
    }
    return lines;
  }

  private void explain(Candidate candidate, Optional<RunRecord> last, List<String> lines) {
    InstanceStatus status = status(candidate, last);
    lines.add("instance " + status.instance() + " of connector '" + status.connector() + "': " + status.state());
    if (candidate.bundle() != null) {
      lines.add("  bundle " + status.bundle() + ", capabilities " + status.capabilities());
    }
    if (candidate.instance() != null) {
      var file = candidate.instance().config().file();
      lines.add("  configuration " + (file.file() == null ? "not needed" : file.file()));
      file.schedule().ifPresent(schedule -> lines.add("  schedule " + schedule.text() + " (" + schedule.zone() + ")"
          + (status.nextRun() == null ? "" : ", next run " + status.nextRun())));
    }
    for (String reason : BETWEEN_PROBLEMS.split(status.reason())) {
      if (!reason.isEmpty()) {
        lines.add("  reason: " + reason);
      }
    }
    if (!status.remedy().isEmpty()) {
      lines.add("  remedy: " + status.remedy());
    }
    last.ifPresentOrElse(run -> lines.add("  last run " + run.run() + ": " + run.outcome() + ", "
        + run.tables().size() + " tables, " + run.rows() + " rows" + (run.outcome() == Outcome.OK ? "" : "; " + error(run))),
        () -> lines.add("  no run yet"));
  }

  @Override
  public void refresh() {
    registry.refresh();
  }
}
