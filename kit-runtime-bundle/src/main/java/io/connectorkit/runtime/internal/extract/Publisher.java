package io.connectorkit.runtime.internal.extract;

import io.connectorkit.host.KitException;
import io.connectorkit.runtime.internal.duckdb.Sql;
import io.connectorkit.runtime.internal.increment.Compaction;
import io.connectorkit.runtime.internal.store.ExtractContent;
import io.connectorkit.runtime.internal.store.ExtractStore;
import io.connectorkit.runtime.internal.store.TableRecord;
import io.connectorkit.runtime.internal.store.Trail;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.ListIterator;
import org.duckdb.DuckDBConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Publishes what a run gave, first in the instance's extract, then in the database over all. */
final class Publisher {

  private static final Logger LOG = LoggerFactory.getLogger(Publisher.class);

  private final Engine engine;
  private final ExtractStore store;
  private final Trail trail;
  private final RunCancellation cancellation;

  Publisher(Engine engine, ExtractStore store, Trail trail, RunCancellation cancellation) {
    this.engine = engine;
    this.store = store;
    this.trail = trail;
    this.cancellation = cancellation;
  }

  void publish(ExtractContent last, ExtractContent next, String run) {
    boolean moved = store.moved();
    ExtractContent published = store.publish(last, next);
    if (moved || !shown(last).equals(shown(published))) {
      engine.analytics().refresh();
    }
    compact(published, run);
  }

  /** What the views are made of. */
  private static List<List<Object>> shown(ExtractContent content) {
    return content.tables().stream().map(table -> List.<Object>of(table.table(), table.schemaJson(), table.files(), table.remote())).toList();
  }

  /** Puts files together where reads would suffer: as a publish of its own, so that what was read is served before. */
  private void compact(ExtractContent content, String run) {
    List<TableRecord> tables = new ArrayList<>(content.tables());
    if (tables.stream().noneMatch(Compaction::due)) {
      return;
    }
    try (DuckDBConnection session = engine.duckDb().open()) {
      for (ListIterator<TableRecord> table = tables.listIterator(); table.hasNext() && !cancellation.cancelled(); ) {
        TableRecord present = table.next();
        if (Compaction.due(present)) {
          trail.reached("compaction.begun");
          table.set(new Compaction(session, store.paths(), run + "c").compact(present));
          trail.reached("compaction.written");
        }
      }
      store.publish(content, content.next(tables, content.runs(), Instant.now()));
      trail.reached("compaction.published");
      engine.analytics().refresh();
    } catch (SQLException | IOException | KitException e) {
      LOG.warn("KIT-4011 {}: files cannot be put together: {}; what is published stays", store.paths().root(), Sql.firstLine(e));
    }
  }
}
