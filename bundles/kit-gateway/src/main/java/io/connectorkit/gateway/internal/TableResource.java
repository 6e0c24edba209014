package io.connectorkit.gateway.internal;

import io.connectorkit.host.Catalog;
import io.connectorkit.host.KitException;
import io.connectorkit.host.QueryLimits;
import io.connectorkit.host.RunRecord;
import io.connectorkit.host.Runs;
import io.connectorkit.host.StoredTable;
import io.connectorkit.host.TableOutcome;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What was extracted, table by table. */
final class TableResource implements Resource {

  private static final String ONE = "/api/tables/{source}/{table}";
  private static final int MOST_ROWS = 1_000;
  private static final long MOST_BYTES = 4 << 20;
  private static final Duration TIME = Duration.ofSeconds(30);

  /** A column that can be queried, with its type in DuckDB's words. */
  record Column(String name, String type) {}

  /** What changed in a table's columns, and by which run. */
  record SchemaChange(String run, String at, List<String> changes) {}

  /** The columns of a table as they are now, and how they came to be so, newest first. */
  record Schema(List<Column> columns, List<SchemaChange> history) {}

  private final Catalog catalog;
  private final Runs runs;
  private final GatewayConfig config;

  TableResource(Catalog catalog, Runs runs, GatewayConfig config) {
    this.catalog = catalog;
    this.runs = runs;
    this.config = config;
  }

  @Override
  public List<Route> routes() {
    return List.of(
        Route.get("/api/tables", "listTables", "All tables that can be queried").givesMany(View.Stored.class)
            .by(call -> catalog.tables().stream().map(Views::stored).toList()),
        Route.get(ONE, "getTable", "One table").gives(View.Stored.class).by(call -> Views.stored(table(call))),
        Route.get(ONE + "/preview", "previewTable", "Some rows").query("limit", "integer", "How many, 50 unless given, at most " + MOST_ROWS)
            .gives(ResultView.class).by(this::preview),
        Route.get(ONE + "/schema", "getSchema", "The columns of a table, and what changed in them in the runs that are remembered").gives(Schema.class)
            .by(this::schema),
        Route.get(ONE + "/runs", "listTableRuns", "What the runs that are remembered did to a table, newest first").givesMany(TableRun.class)
            .by(this::tableRuns));
  }

  /** What a run did to one table. */
  record TableRun(String run, String startedAt, View.Outcome outcome) {}

  private StoredTable table(Call call) {
    return catalog.tables().stream().filter(each -> each.source().equals(call.path("source")) && each.table().equals(call.path("table"))).findFirst()
        .orElseThrow(() -> new KitException("KIT-6004", "there is no table '" + call.path("source") + "." + call.path("table") + "'"));
  }

  private Object preview(Call call) throws IOException {
    String name = quoted(table(call));
    int limit = call.number("limit", 1, MOST_ROWS, 50);
    call.response().setContentType("application/json");
    new JsonRows(call.response().getOutputStream(), MOST_BYTES)
        .write(rows -> catalog.query("SELECT * FROM " + name + " LIMIT " + limit, new QueryLimits(limit, TIME, config.query_memory()), rows));
    return null;
  }

  private Schema schema(Call call) {
    StoredTable table = table(call);
    List<Column> columns = new ArrayList<>();
    catalog.query("DESCRIBE SELECT * FROM " + quoted(table), new QueryLimits(0, TIME, config.query_memory()), new Catalog.Rows() {
      @Override
      public void columns(List<String> names, List<String> types) {}

      @Override
      public void row(List<Object> values) {
        columns.add(new Column(String.valueOf(values.get(0)), String.valueOf(values.get(1))));
      }
    });
    List<SchemaChange> history = new ArrayList<>();
    for (RunRecord run : runs.history()) {
      outcomes(run, table).filter(outcome -> !outcome.schemaChanges().isEmpty())
          .forEach(outcome -> history.add(new SchemaChange(run.run(), run.startedAt().toString(), outcome.schemaChanges())));
    }
    return new Schema(columns, history);
  }

  private List<TableRun> tableRuns(Call call) {
    StoredTable table = table(call);
    return runs.history().stream().flatMap(run -> outcomes(run, table)
        .map(outcome -> new TableRun(run.run(), run.startedAt().toString(), Views.outcome(outcome)))).toList();
  }

  private static Stream<TableOutcome> outcomes(RunRecord run, StoredTable table) {
    return run.instance().equals(table.source()) ? run.tables().stream().filter(outcome -> outcome.table().equals(table.table())) : Stream.empty();
  }

  private static String quoted(StoredTable table) {
    return quoted(table.source()) + "." + quoted(table.table());
  }

  private static String quoted(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }
}
