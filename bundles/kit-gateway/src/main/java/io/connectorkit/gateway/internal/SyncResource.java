package io.connectorkit.gateway.internal;

import io.connectorkit.host.InstanceStatus;
import io.connectorkit.host.InstanceStatus.State;
import io.connectorkit.host.Instances;
import io.connectorkit.host.KitException;
import io.connectorkit.host.RunOrder;
import io.connectorkit.host.RunProgress;
import io.connectorkit.host.Runs;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What callers of the systems before this one use: everything at once. */
final class SyncResource implements Resource {

  /** What was started, run by instance, and what was not, with the reason. */
  record Triggered(String status, Map<String, String> runs, Map<String, String> skipped, String message) {}

  /** Whether runs go on, and which. */
  record SyncStatus(boolean locked, List<String> running) {}

  private final Instances instances;
  private final Runs runs;

  SyncResource(Instances instances, Runs runs) {
    this.instances = instances;
    this.runs = runs;
  }

  @Override
  public List<Route> routes() {
    return List.of(
        Route.post("/api/sync/trigger", "triggerSync", "Starts a run of every instance that is ready and does not run already").needs(Role.OPERATE)
            .query("source", "string", "Only instances of this connector, or the instance of this name").gives(Triggered.class).by(this::trigger),
        Route.get("/api/sync/status", "getSyncStatus", "Whether runs go on").gives(SyncStatus.class).by(call -> status()));
  }

  private SyncStatus status() {
    List<String> running = runs.active().stream().map(RunProgress::instance).distinct().sorted().toList();
    return new SyncStatus(!running.isEmpty(), running);
  }

  private Triggered trigger(Call call) {
    List<InstanceStatus> wanted = instances.list().stream()
        .filter(each -> call.query("source").map(source -> each.connector().equals(source) || each.instance().equals(source)).orElse(true)).toList();
    if (call.query("source").isPresent() && wanted.isEmpty()) {
      throw new KitException("KIT-6003", "there is no connector or instance '" + call.required("source") + "'");
    }
    Map<String, String> begun = new TreeMap<>();
    Map<String, String> skipped = new TreeMap<>();
    Set<String> active = runs.active().stream().map(RunProgress::instance).collect(Collectors.toSet());
    for (InstanceStatus each : new ArrayList<>(wanted)) {
      if (active.contains(each.instance())) {
        skipped.put(each.instance(), "a run of it goes on");
      } else if (each.state() != State.READY && each.state() != State.FAILED || !each.capabilities().contains("read")) {
        skipped.put(each.instance(), each.state() == State.READY ? "it has nothing to read" : "it is " + each.state());
      } else {
        try {
          begun.put(each.instance(), runs.begin(new RunOrder(each.instance(), List.of(), "manual")));
        } catch (KitException e) {
          skipped.put(each.instance(), e.getMessage());
        }
      }
    }
    return new Triggered(begun.isEmpty() ? "nothing_to_do" : "triggered", begun, skipped,
        begun.size() + " runs started, " + skipped.size() + " instances skipped");
  }
}
