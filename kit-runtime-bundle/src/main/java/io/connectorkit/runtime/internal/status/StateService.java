package io.connectorkit.runtime.internal.status;

import io.connectorkit.api.Watermark;
import io.connectorkit.host.KitException;
import io.connectorkit.host.States;
import io.connectorkit.host.TableStatus;
import io.connectorkit.runtime.internal.analytics.Analytics;
import io.connectorkit.runtime.internal.config.Home;
import io.connectorkit.runtime.internal.duckdb.DuckDb;
import io.connectorkit.runtime.internal.extract.RunService;
import io.connectorkit.runtime.internal.increment.Reset;
import io.connectorkit.runtime.internal.registry.Candidate;
import io.connectorkit.runtime.internal.registry.Registry;
import io.connectorkit.runtime.internal.store.Durable;
import io.connectorkit.runtime.internal.store.ExtractContent;
import io.connectorkit.runtime.internal.store.ExtractLock;
import io.connectorkit.runtime.internal.store.ExtractPaths;
import io.connectorkit.runtime.internal.store.ExtractStore;
import io.connectorkit.runtime.internal.store.Steps;
import io.connectorkit.runtime.internal.store.TableRecord;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Shows and resets what is recorded beside the rows; a reset is a publish like any other, with the same rows. */
@Component
public final class StateService implements States {

  private static final Logger LOG = LoggerFactory.getLogger(StateService.class);

  private final Home home;
  private final DuckDb duckDb;
  private final Steps steps;
  private final Analytics analytics;
  private final Registry registry;
  private final RunService runs;

  @Activate
  public StateService(@Reference Home home, @Reference DuckDb duckDb, @Reference Steps steps, @Reference Analytics analytics,
      @Reference Registry registry, @Reference RunService runs) {
    this.home = home;
    this.duckDb = duckDb;
    this.steps = steps;
    this.analytics = analytics;
    this.registry = registry;
    this.runs = runs;
  }

  @Override
  public List<TableStatus> list(String instance) {
    return known(instance).tables().stream().map(StateService::status).toList();
  }

  /** What is published of an instance; data outlives its connector. */
  private ExtractContent known(String instance) {
    var contents = analytics.contents();
    Set<String> names = new TreeSet<>(contents.keySet());
    registry.candidates().stream().map(Candidate::name).forEach(names::add);
    if (!names.contains(instance)) {
      throw new KitException("KIT-3001", "there is no connector, instance or extract '" + instance + "'; there are " + names);
    }
    return contents.getOrDefault(instance, ExtractContent.EMPTY);
  }

  private static TableStatus status(TableRecord table) {
    var state = table.state();
    return new TableStatus(table.table(), state.strategy().label(), state.watermark().map(watermark -> watermark.kind().name()).orElse(""),
        state.watermark().map(Watermark::text).orElse(""), table.extractedAt(), state.refreshedAt(), Reset.at(state), table.rows(),
        table.data().size(), table.deletes().size(), table.bytes(), table.run(), Reset.basis(state));
  }

  @Override
  public void reset(String instance, List<String> tables) {
    known(instance);
    analytics.settle();
    ExtractStore store = new ExtractStore(new ExtractPaths(home.extracts().resolve(instance)), duckDb, steps.of(instance));
    try (ExtractLock lock = ExtractLock.acquire(store.paths()); ExtractLock publishing = ExtractLock.publishing(store.paths())) {
      ExtractContent last = store.load();
      Set<String> chosen = chosen(instance, last, tables);
      Instant now = Instant.now();
      List<TableRecord> next = last.tables().stream()
          .map(table -> chosen.contains(table.table()) ? table.with(Reset.of(table.state(), now)) : table).toList();
      store.publish(last, last.next(next, last.runs(), now));
      LOG.info("{}: state of {} reset; their next reads are full ones", instance, chosen);
    } catch (IOException e) {
      throw new KitException("KIT-4014", store.paths().root() + " cannot be locked: " + e.getMessage() + "; nothing is reset, check the disk", e);
    }
  }

  @Override
  public void forget(String instance) {
    registry.find(instance).filter(candidate -> candidate.bundle() != null).ifPresent(candidate -> {
      throw new KitException("KIT-3028", "'" + instance + "' is still deployed and would be extracted again; 'kit undeploy " + instance
          + "' first, or have it read anew with 'kit extract " + instance + " --full'");
    });
    analytics.forget(instance);
    runs.forget(instance);
    try {
      // What is left of its events would come again into an extract that knows nothing of them.
      Durable.delete(home.inbox(instance));
    } catch (IOException e) {
      throw new KitException("KIT-4018", home.inbox(instance) + " cannot be deleted: " + e + "; delete it", e);
    }
    LOG.info("{}: what was extracted is deleted", instance);
  }

  private static Set<String> chosen(String instance, ExtractContent content, List<String> wanted) {
    Set<String> chosen = new TreeSet<>();
    Set<String> unknown = new TreeSet<>();
    for (String name : wanted) {
      content.tables().stream().filter(table -> table.sourceId().equals(name) || table.table().equalsIgnoreCase(name)).findFirst()
          .ifPresentOrElse(table -> chosen.add(table.table()), () -> unknown.add(name));
    }
    if (!unknown.isEmpty()) {
      throw new KitException("KIT-4017", "reset of '" + instance + "': no table " + quoted(unknown) + " is published; published are "
          + content.tables().stream().map(TableRecord::table).toList() + "; nothing is reset");
    }
    return chosen;
  }

  private static String quoted(Set<String> names) {
    return names.stream().collect(Collectors.joining("', '", "'", "'"));
  }
}
