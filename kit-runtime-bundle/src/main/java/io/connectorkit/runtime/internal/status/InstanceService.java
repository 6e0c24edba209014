package io.connectorkit.runtime.internal.status;

import io.connectorkit.api.Capability;
import io.connectorkit.api.TableInfo;
import io.connectorkit.host.ConfiguredInstance;
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
import io.connectorkit.runtime.internal.registry.Candidate;
import io.connectorkit.runtime.internal.registry.Registry;
import io.connectorkit.runtime.internal.schedule.Scheduler;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.osgi.framework.Bundle;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Shows the registry to operators, together with what the runs have to say. */
@Component
public final class InstanceService implements Instances {

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

  static String error(RunRecord run) {
    return !run.error().isEmpty() ? run.error()
        : run.tables().stream().map(TableOutcome::error).filter(text -> !text.isEmpty()).findFirst().orElse("see the log");
  }

  @Override
  public ConfiguredInstance configured(String name) {
    return new Configured(registry.require(name));
  }

  @Override
  public List<String> leftBehind(String bundle) {
    return leftovers.collected(bundle);
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
    List<DeployedFile> files = registry.files();
    Map<String, RunRecord> last = lastRuns();
    Set<String> bundles = new TreeSet<>(Set.of(name));
    Set<DeployedFile> told = new HashSet<>();
    for (Candidate candidate : registry.candidates()) {
      Optional<DeployedFile> file = files.stream().filter(each -> candidate.bundle() != null && each.bundleId() == candidate.bundle().getBundleId())
          .findFirst();
      boolean ofBundle = candidate.bundle() != null && candidate.bundle().getSymbolicName().equals(name);
      if (candidate.name().equals(name) || candidate.connector().equals(name) || ofBundle
          || file.filter(each -> each.file().equals(name)).isPresent()) {
        Optional<RunRecord> run = Optional.ofNullable(last.get(candidate.name()));
        lines.addAll(Explanation.of(candidate, status(candidate, run), file, run));
        Optional.ofNullable(candidate.bundle()).map(Bundle::getSymbolicName).ifPresent(bundles::add);
        file.ifPresent(told::add);
      }
    }
    // Those that are nobody's, or another file of the same bundle.
    files.stream().filter(file -> !told.contains(file) && (file.file().equals(name) || !file.bundle().isEmpty() && bundles.contains(file.bundle())))
        .map(Explanation::of).forEach(lines::add);
    bundles.stream().flatMap(bundle -> leftovers.of(bundle).stream()).forEach(lines::add);
    if (lines.isEmpty()) {
      throw new KitException("KIT-3001", "nothing here is called '" + name + "'; there are instances "
          + registry.candidates().stream().map(Candidate::name).toList() + " and files " + files.stream().map(DeployedFile::file).toList());
    }
    return lines;
  }

  @Override
  public void refresh() {
    registry.refresh();
  }
}
