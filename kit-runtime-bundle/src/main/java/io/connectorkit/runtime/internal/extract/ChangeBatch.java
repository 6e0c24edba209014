package io.connectorkit.runtime.internal.extract;

import io.connectorkit.api.Changes;
import io.connectorkit.api.ConnectorContext;
import io.connectorkit.api.Split;
import io.connectorkit.api.TableInfo;
import io.connectorkit.api.Watermark;
import io.connectorkit.runtime.internal.config.TableOptions;
import io.connectorkit.runtime.internal.duckdb.DuckDb;
import io.connectorkit.runtime.internal.extract.TableExtraction.Written;
import io.connectorkit.runtime.internal.increment.Merge;
import io.connectorkit.runtime.internal.increment.ReadPlan;
import io.connectorkit.runtime.internal.store.ExtractContent;
import io.connectorkit.runtime.internal.store.ExtractPaths;
import io.connectorkit.runtime.internal.store.TableRecord;
import io.connectorkit.runtime.internal.store.TableState;
import io.connectorkit.runtime.internal.store.Trail;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** A few changes of some tables, written into files of their own: all of them, or the batch fails. Tables may be added side by side. */
final class ChangeBatch {

  /** Stands for a lower bound: the changes are none of a full read. */
  private static final Optional<Watermark> FROM = Optional.of(Watermark.opaque("changes"));

  private final DuckDb duckDb;
  private final Trail trail;
  private final ExtractPaths paths;
  private final String run;
  private final ChangeJournal journal;
  private final Map<String, TableRecord> tables = new ConcurrentSkipListMap<>();
  private final List<Kept> kept = new CopyOnWriteArrayList<>();

  /** Changes that a run may need once they are published. */
  private record Kept(Publishable publishable, Path aside, String schemaJson) {}

  /**
   * Prepares.
   *
   * @param run names the files
   * @param present what is published
   */
  ChangeBatch(DuckDb duckDb, Trail trail, ExtractPaths paths, String run, ChangeJournal journal, ExtractContent present) {
    this.duckDb = duckDb;
    this.trail = trail;
    this.paths = paths;
    this.run = run;
    this.journal = journal;
    present.tables().forEach(table -> tables.put(table.table(), table));
  }

  /**
   * Adds the changes of one table.
   *
   * @param plan tells the strategy, and the basis for a table that is published for the first time
   * @throws Exception if they do not fit the table, or cannot be written
   */
  void add(TableInfo table, TableOptions options, Function<TableRecord, ReadPlan> plan, List<Changes.Change> changes, ConnectorContext context)
      throws Exception {
    Instant now = Instant.now();
    TableRecord last = tables.get(table.viewName());
    if (last != null && last.remote().isPresent()) {
      // It is queried at its source, and needs no changes.
      return;
    }
    ReadPlan.requireFreeNames(table);
    ReadPlan own = plan.apply(last);
    ReadPlan adding = new ReadPlan(own.strategy(), last == null ? Optional.empty() : FROM, own.basis(), "");
    Publishable publishable = new Publishable(table, options, adding.strategy(), paths.root(), last, true);
    ChangeRows rows = new ChangeRows(table, publishable.columns());
    ChangeFeed feed = new ChangeFeed(rows, changes);
    TablePublication publication = new TablePublication(duckDb, trail, paths, run, publishable, adding, now);
    Path file = publication.file(-1);
    Files.createDirectories(file.getParent());
    Request request = new Request(context, rows.delivered(), adding.lower(), publishable.columns(), List.of(), Split.WHOLE, changes.size());
    Written written = new TableExtraction(feed, request, duckDb, publishable, new RunCancellation(), done -> {}, trail).to(file);
    Path aside = journal.aside(file);
    TableRecord next = publication.of(written, List.of(file), Merge.Rule.NEWEST).record();
    TableState state = last != null ? last.state()
        : new TableState(adding.strategy(), Optional.empty(), adding.basis(), now.truncatedTo(ChronoUnit.MICROS));
    tables.put(next.table(), next.with(state).by(last == null ? "" : last.run()));
    kept.add(new Kept(publishable, aside, next.schemaJson()));
  }

  /** All tables as they are then. */
  List<TableRecord> tables() {
    return List.copyOf(tables.values());
  }

  /** Once it is published. */
  void published() throws Exception {
    for (Kept each : kept) {
      journal.keep(each.publishable(), each.aside(), each.schemaJson());
    }
  }
}
