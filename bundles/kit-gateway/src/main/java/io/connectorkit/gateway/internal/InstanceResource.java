package io.connectorkit.gateway.internal;

import io.connectorkit.host.Catalog;
import io.connectorkit.host.DeployFolder;
import io.connectorkit.host.InstanceStatus;
import io.connectorkit.host.Instances;
import io.connectorkit.host.KitException;
import io.connectorkit.host.RunRecord;
import io.connectorkit.host.Runs;
import io.connectorkit.host.States;
import io.connectorkit.host.StoredTable;
import java.io.IOException;
import java.util.List;
import java.util.Objects;

/** Instances of connectors: where they stand, what their sources have, and how far they have been read. */
final class InstanceResource implements Resource {

  private static final String ONE = "/api/instances/{instance}";

  /** Why something is in its state, line by line. */
  record Explanation(String name, List<String> lines) {}

  /** Tables whose state is to be forgotten. */
  record Reset(List<String> tables) {}

  private final Instances instances;
  private final Runs runs;
  private final States states;
  private final Catalog catalog;
  private final DeployFolder folder;

  InstanceResource(Instances instances, Runs runs, States states, Catalog catalog, DeployFolder folder) {
    this.instances = instances;
    this.runs = runs;
    this.states = states;
    this.catalog = catalog;
    this.folder = folder;
  }

  @Override
  public List<Route> routes() {
    return List.of(
        Route.get("/api/instances", "listInstances", "All instances with their states").givesMany(View.Instance.class).by(call -> list()),
        Route.get(ONE, "getInstance", "One instance").gives(View.Instance.class).by(this::one),
        Route.get(ONE + "/state", "getState", "From where the next run of each table goes on").givesMany(View.State.class).by(this::state),
        Route.post(ONE + "/state/reset", "resetState", "Has the next run read all rows of some tables").needs(Role.OPERATE).takes(Reset.class)
            .givesMany(View.State.class).by(this::reset),
        Route.get(ONE + "/source-tables", "discoverTables", "Asks the source for its tables").needs(Role.OPERATE).givesMany(View.Table.class)
            .by(call -> instances.discover(known(call)).stream().map(Views::table).toList()),
        Route.delete("/api/extracts/{instance}", "forgetExtract", "Deletes what was extracted of an instance that is not deployed any more")
            .needs(Role.DEPLOY).gives(Done.class).by(this::forget),
        Route.get("/api/explain/{name}", "explain", "Why an instance, connector, bundle or file is in its state").gives(Explanation.class)
            .by(this::explain));
  }

  private List<View.Instance> list() {
    List<StoredTable> tables = catalog.tables();
    List<RunRecord> history = runs.history();
    return instances.list().stream().map(instance -> Views.instance(instance, tables, history, folder.files())).toList();
  }

  private View.Instance one(Call call) {
    String name = known(call);
    return list().stream().filter(instance -> instance.instance().equals(name)).findFirst().orElseThrow(() -> unknown(name));
  }

  /** The name of an instance that there is. */
  private String known(Call call) {
    String name = call.path("instance");
    if (instances.list().stream().noneMatch(instance -> instance.instance().equals(name))) {
      throw unknown(name);
    }
    return name;
  }

  private KitException unknown(String name) {
    return new KitException("KIT-6004", "there is no instance '" + name + "'; there are " + instances.list().stream().map(InstanceStatus::instance).toList());
  }

  private List<View.State> state(Call call) {
    return states.list(extracted(call)).stream().map(Views::state).toList();
  }

  /** Data outlives its instance. */
  private String extracted(Call call) {
    String name = call.path("instance");
    return catalog.tables().stream().anyMatch(table -> table.source().equals(name)) ? name : known(call);
  }

  private List<View.State> reset(Call call) throws IOException {
    String name = extracted(call);
    List<String> tables = call.body(Reset.class).tables();
    if (tables == null || tables.isEmpty() || tables.stream().anyMatch(Objects::isNull)) {
      throw new KitException("KIT-6003", "'tables' must be a list of one name or more");
    }
    states.reset(name, tables);
    return state(call);
  }

  private Done forget(Call call) {
    states.forget(extracted(call));
    return Done.DONE;
  }

  private Explanation explain(Call call) {
    try {
      return new Explanation(call.path("name"), instances.explain(call.path("name")));
    } catch (KitException e) {
      throw new KitException("KIT-6004", e.getMessage().substring(e.code().length() + 1), e);
    }
  }
}
