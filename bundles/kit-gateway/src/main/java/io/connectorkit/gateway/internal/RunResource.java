package io.connectorkit.gateway.internal;

import io.connectorkit.host.Instances;
import io.connectorkit.host.KitException;
import io.connectorkit.host.RunEvent;
import io.connectorkit.host.RunOrder;
import io.connectorkit.host.RunProgress;
import io.connectorkit.host.RunRecord;
import io.connectorkit.host.Runs;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Runs: started, watched, cancelled, and what became of them. */
final class RunResource implements Resource {

  private static final int MOST = 1_000;

  /** A run that was asked for. */
  record Begun(String run, String instance) {}

  /** A run that waits for its turn or goes on. */
  record Active(String run, String instance, String trigger, String since, boolean running, List<Progress> tables) {}

  /** How far a table has come; {@code outcome} is empty until it is done. */
  record Progress(String table, String outcome, long rows, long bytes, double rowsPerSecond, long done, long expected, String error) {}

  /** Something that happened to a run: QUEUED, STARTED, TABLE or ENDED. */
  record Event(String kind, String run, String instance, @MayBeNull Active progress, @MayBeNull Progress table, @MayBeNull View.Run record) {}

  /** A run: {@code active} while it waits or goes on, {@code ended} afterwards. */
  record One(String run, @MayBeNull Active active, @MayBeNull View.Run ended) {}

  private final Instances instances;
  private final Runs runs;

  RunResource(Instances instances, Runs runs) {
    this.instances = instances;
    this.runs = runs;
  }

  @Override
  public List<Route> routes() {
    return List.of(
        Route.get("/api/runs", "listRuns", "Runs that have ended, newest first").query("instance", "string", "Only of this instance")
            .query("limit", "integer", "How many, 100 unless given, at most " + MOST).givesMany(View.Run.class).by(this::list),
        Route.post("/api/runs", "startRun", "Starts a run").needs(Role.OPERATE).takes(RunWish.class).gives(202, Begun.class).by(this::start),
        Route.get("/api/runs/active", "listActiveRuns", "Runs that wait for their turn or go on").givesMany(Active.class)
            .by(call -> runs.active().stream().map(RunResource::active).toList()),
        Route.get("/api/runs/events", "watchRuns", "What happens to all runs from now on, as server-sent events with JSON as their data")
            .gives(200, EventFeed.MEDIA_TYPE).by(call -> watch(call, event -> true, List.of())),
        Route.get("/api/runs/{run}", "getRun", "One run, with progress while it goes on").gives(One.class).by(this::one),
        Route.get("/api/runs/{run}/events", "watchRun", "What happens to one run, until it has ended").gives(200, EventFeed.MEDIA_TYPE).by(this::watchOne),
        Route.post("/api/runs/{run}/cancel", "cancelRun", "Cancels a run; nothing of it is published").needs(Role.OPERATE).gives(202, Done.class)
            .by(this::cancel));
  }

  private List<View.Run> list(Call call) {
    int limit = call.number("limit", 1, MOST, 100);
    Stream<RunRecord> all = runs.history().stream().filter(run -> call.query("instance").map(run.instance()::equals).orElse(true));
    return all.limit(limit).map(Views::run).toList();
  }

  private Begun start(Call call) throws IOException {
    RunWish wish = call.body(RunWish.class);
    if (wish.instance() == null || instances.list().stream().noneMatch(each -> each.instance().equals(wish.instance()))) {
      throw new KitException("KIT-6004", "there is no instance '" + wish.instance() + "'");
    }
    List<String> tables = wish.tables() == null ? List.of() : wish.tables();
    if (tables.stream().anyMatch(Objects::isNull)) {
      throw new KitException("KIT-6003", "'tables' must be a list of names");
    }
    return new Begun(runs.begin(new RunOrder(wish.instance(), tables, "manual", Boolean.TRUE.equals(wish.full()))), wish.instance());
  }

  private One one(Call call) {
    String run = call.path("run");
    Active active = runs.active().stream().filter(each -> each.run().equals(run)).findFirst().map(RunResource::active).orElse(null);
    View.Run ended = active != null ? null : runs.history().stream().filter(each -> each.run().equals(run)).findFirst().map(Views::run).orElse(null);
    if (active == null && ended == null) {
      throw unknown(run);
    }
    return new One(run, active, ended);
  }

  private static KitException unknown(String run) {
    return new KitException("KIT-6004", "there is no run '" + run + "'");
  }

  private Done cancel(Call call) {
    if (!runs.cancel(call.path("run"))) {
      throw new KitException("KIT-6004", "no run '" + call.path("run") + "' waits or goes on");
    }
    return Done.DONE;
  }

  private Object watchOne(Call call) throws IOException {
    String run = one(call).run();
    return watch(call, event -> event.run().run().equals(run), List.of(run));
  }

  /** Sends how things stand, then what happens; ends with the run if there is only one. */
  private Object watch(Call call, Predicate<RunEvent> wanted, List<String> only) throws IOException {
    try (EventFeed feed = new EventFeed(call.response());
        Runs.Watch watch = runs.watch(event -> {
          if (wanted.test(event)) {
            feed.offer(event(event), event.kind() == RunEvent.Kind.ENDED && !only.isEmpty());
          }
        })) {
      List<RunProgress> now = runs.active().stream().filter(run -> only.isEmpty() || only.contains(run.run())).toList();
      now.forEach(run -> feed.offer(new Event("STARTED", run.run(), run.instance(), active(run), null, null), false));
      if (now.isEmpty() && !only.isEmpty()) {
        runs.history().stream().filter(run -> only.contains(run.run())).findFirst()
            .ifPresent(run -> feed.offer(new Event("ENDED", run.run(), run.instance(), null, null, Views.run(run)), true));
      }
      feed.run();
    }
    return null;
  }

  private static Event event(RunEvent event) {
    boolean about = event.kind() == RunEvent.Kind.QUEUED || event.kind() == RunEvent.Kind.STARTED;
    return new Event(event.kind().name(), event.run().run(), event.run().instance(), about ? active(event.run()) : null,
        event.table() == null ? null : progress(event.table()), event.record() == null ? null : Views.run(event.record()));
  }

  private static Active active(RunProgress run) {
    return new Active(run.run(), run.instance(), run.trigger(), run.since().toString(), run.running(),
        run.tables().stream().map(RunResource::progress).toList());
  }

  private static Progress progress(RunProgress.Table table) {
    return new Progress(table.table(), table.outcome(), table.rows(), table.bytes(), table.rowsPerSecond(), table.done(), table.expected(), table.error());
  }
}
