package io.connectorkit.runtime.internal.extract;

import io.connectorkit.api.RemoteAttach;
import io.connectorkit.api.TableInfo;
import io.connectorkit.host.KitException;
import io.connectorkit.host.TableOutcome;
import io.connectorkit.host.TableOutcome.Outcome;
import io.connectorkit.runtime.internal.config.Strategy;
import io.connectorkit.runtime.internal.config.TableOptions;
import io.connectorkit.runtime.internal.duckdb.DuckDb;
import io.connectorkit.runtime.internal.duckdb.Sql;
import io.connectorkit.runtime.internal.registry.Instance;
import io.connectorkit.runtime.internal.remote.RemoteBasis;
import io.connectorkit.runtime.internal.remote.RemoteSessions;
import io.connectorkit.runtime.internal.store.ExtractPaths;
import io.connectorkit.runtime.internal.store.RemoteTable;
import io.connectorkit.runtime.internal.store.TableRecord;
import io.connectorkit.runtime.internal.types.DeliveredTypes;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * The tables of a run that are queried at their source. The connector says how, and that is tried before it is published; only where DuckDB's
 * extension is missing it is published all the same, for its views say so, and work once the extension is there.
 */
final class RemoteRun {

  private final Engine engine;
  private final Instance instance;
  private final ExtractPaths paths;
  private final String run;
  private final RunCancellation cancellation;
  private final Instant start = Instant.now();

  RemoteRun(Engine engine, Instance instance, ExtractPaths paths, String run, RunCancellation cancellation) {
    this.engine = engine;
    this.instance = instance;
    this.paths = paths;
    this.run = run;
    this.cancellation = cancellation;
  }

  /** A table that could be published, and what is wrong with it; empty if nothing is. */
  private record Tried(TableInfo table, TableRecord record, String error) {}

  List<TableRun.Result> of(List<TableInfo> tables) {
    try {
      RemoteAttach attach = engine.discovery().attach(instance, cancellation, tables);
      engine.policy().check(instance, attach);
      String missing = engine.remote().provide(attach.extension());
      List<Tried> all = engine.discovery().call("attachment of", instance, cancellation, () -> tryAll(attach, tables));
      return all.stream().map(tried -> tried.error().isEmpty() ? done(tried, missing) : failed(tried.table(), tried.error())).toList();
    } catch (KitException e) {
      return tables.stream().map(table -> failed(table, Redaction.clean(e, instance))).toList();
    }
  }

  private List<Tried> tryAll(RemoteAttach attach, List<TableInfo> tables) throws SQLException {
    try (Connection session = engine.remote().open()) {
      String catalog = null;
      try {
        catalog = engine.remote().attach(session, instance, attach);
      } catch (KitException e) {
        if (!e.code().equals(RemoteSessions.MISSING)) {
          return tables.stream().map(table -> new Tried(table, null, Redaction.clean(e, instance))).toList();
        }
      }
      List<Tried> all = new ArrayList<>();
      for (TableInfo table : tables) {
        all.add(tried(session, catalog, attach, table));
      }
      return all;
    }
  }

  private Tried tried(Connection session, String catalog, RemoteAttach attach, TableInfo table) {
    try {
      RemoteAttach.Relation relation = attach.tables().get(table.sourceId());
      engine.policy().check(instance, attach, table.viewName(), relation);
      TableRecord record = record(table, new RemoteTable(RemoteTable.alone(attach), relation, filter(table), catalog != null));
      DuckDb.execute(session, "DESCRIBE " + RemoteTable.failing(record.schemaJson(), ""));
      if (catalog != null) {
        DuckDb.execute(session, "DESCRIBE " + record.remote().get().select(catalog, record.schemaJson()));
      }
      return new Tried(table, record, "");
    } catch (SQLException e) {
      return new Tried(table, null, "KIT-3062 table '" + table.viewName() + "' is not at the source as the connector says: "
          + Redaction.clean(Sql.firstLine(e), instance) + "; correct the connector, or check the permissions of its token");
    } catch (KitException e) {
      return new Tried(table, null, Redaction.clean(e, instance));
    }
  }

  private TableOptions options(TableInfo table) {
    return instance.config().file().options(table);
  }

  private String filter(TableInfo table) {
    return Filters.sql(Filters.typed(table, options(table).filters()));
  }

  private TableRecord record(TableInfo table, RemoteTable remote) {
    List<String> columns = new Publishable(table, options(table), Strategy.REPLACE, paths.root(), null).columns();
    Schema stored = new Schema(DeliveredTypes.of(table.viewName(), table.schema(), null).stored().getFields().stream()
        .filter(field -> columns.contains(field.getName())).toList());
    Instant now = start.truncatedTo(ChronoUnit.MICROS);
    return new TableRecord(table.viewName(), table.sourceId(), table.description(), 0, now, stored.toJson(), table.primaryKey(), run, List.of(),
        RemoteBasis.state(instance, now), Optional.of(remote));
  }

  private TableRun.Result done(Tried tried, String download) {
    String note = tried.record().remote().get().proved() ? "" : "KIT-3061 DuckDB's extension '"
        + tried.record().remote().get().attach().extension() + "' is missing, so that queries of it fail with the reason"
        + (download.isEmpty() ? "" : "; it cannot be downloaded: " + download);
    return new TableRun.Result(new TableOutcome(tried.table().viewName(), Outcome.OK, 0, 0, TableRun.seconds(start), "", List.of(), "remote", 0, "",
        "", note), tried.record());
  }

  private TableRun.Result failed(TableInfo table, String error) {
    Outcome outcome = cancellation.cancelled() ? Outcome.SKIPPED : Outcome.FAILED;
    return new TableRun.Result(TableOutcome.unpublished(table.viewName(), outcome, TableRun.seconds(start), error), null);
  }
}
