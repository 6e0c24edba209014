package io.connectorkit.shell.internal;

import io.connectorkit.host.Catalog;
import io.connectorkit.host.InstanceStatus;
import io.connectorkit.host.Instances;
import io.connectorkit.host.RunListener;
import io.connectorkit.host.RunOrder;
import io.connectorkit.host.RunRecord;
import io.connectorkit.host.Runs;
import io.connectorkit.host.States;
import io.connectorkit.host.StoredTable;
import io.connectorkit.host.TableStatus;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.felix.service.command.Descriptor;
import org.apache.felix.service.command.Parameter;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The commands of the scope {@code kit}. Each answers with text, so that it can be piped. */
@Component(service = KitCommands.class, property = {"osgi.command.scope=kit", "osgi.command.function=list",
    "osgi.command.function=explain", "osgi.command.function=run", "osgi.command.function=tables", "osgi.command.function=history",
    "osgi.command.function=state", "osgi.command.function=reset", "osgi.command.function=forget"})
public final class KitCommands {

  private final Instances instances;
  private final Runs runs;
  private final Catalog catalog;
  private final States states;

  @Activate
  public KitCommands(@Reference Instances instances, @Reference Runs runs, @Reference Catalog catalog, @Reference States states) {
    this.instances = instances;
    this.runs = runs;
    this.catalog = catalog;
    this.states = states;
  }

  @Descriptor("lists the instances with their states")
  public String list() {
    return lines(instances.list(), KitCommands::line);
  }

  private static String line(InstanceStatus status) {
    return String.format("%-20s %-12s %-9s %s%s", status.instance(), status.connector(), status.state(),
        status.nextRun() == null ? "" : "next run " + status.nextRun() + " ", status.reason());
  }

  @Descriptor("says why an instance, bundle or file is in its state")
  public String explain(@Descriptor("its name") String name) {
    return String.join(System.lineSeparator(), instances.explain(name));
  }

  @Descriptor("extracts an instance and waits for the end")
  public String run(
      @Descriptor("reads everything, whatever the watermarks say")
          @Parameter(names = {"-f", "--full"}, presentValue = "true", absentValue = "false") boolean full,
      @Descriptor("name of the instance") String instance) {
    return line(runs.start(new RunOrder(instance, List.of(), "manual", full), RunListener.NONE).join());
  }

  @Descriptor("says from where the next run of each table goes on")
  public String state(@Descriptor("name of the instance") String instance) {
    return lines(states.list(instance), KitCommands::line);
  }

  private static String line(TableStatus table) {
    return String.format("%-40s %-8s %-32s %12d rows  all read %s", table.table(), table.strategy(),
        table.watermark().isEmpty() ? "none: full read" : table.watermark(), table.rows(), table.refreshedAt());
  }

  @Descriptor("has the next run read all rows of a table")
  public String reset(@Descriptor("name of the instance") String instance, @Descriptor("the table") String table) {
    states.reset(instance, List.of(table));
    return state(instance);
  }

  @Descriptor("deletes what was extracted of an instance that is not deployed any more")
  public void forget(@Descriptor("name of the instance") String instance) {
    states.forget(instance);
  }

  @Descriptor("lists the tables that can be queried")
  public String tables() {
    return lines(catalog.tables(), KitCommands::line);
  }

  private static String line(StoredTable table) {
    return String.format("%-50s %12d rows  %s", table.source() + "." + table.table(), table.rows(), table.extractedAt());
  }

  @Descriptor("lists finished runs, newest first")
  public String history() {
    return lines(runs.history(), KitCommands::line);
  }

  private static String line(RunRecord run) {
    return String.format("%s %-20s %-9s %10d rows %8.2f s  %s", run.run(), run.instance(), run.outcome(), run.rows(), run.seconds(),
        run.error());
  }

  private static <T> String lines(List<T> items, java.util.function.Function<T, String> format) {
    return items.stream().map(format).collect(Collectors.joining(System.lineSeparator()));
  }
}
