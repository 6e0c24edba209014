package io.connectorkit.gateway.internal;

import io.connectorkit.host.Catalog;
import io.connectorkit.host.KitException;
import io.connectorkit.host.StoredTable;
import java.util.List;

/** What was extracted, table by table. */
final class TableResource implements Resource {

  private static final String ONE = "/api/tables/{source}/{table}";
  private static final int MOST_ROWS = 1_000;

  private final Catalog catalog;

  TableResource(Catalog catalog) {
    this.catalog = catalog;
  }

  @Override
  public List<Route> routes() {
    return List.of(
        Route.get("/api/tables", "listTables", "All tables that can be queried").givesMany(View.Stored.class)
            .by(call -> catalog.tables().stream().map(Views::stored).toList()),
        Route.get(ONE, "getTable", "One table").gives(View.Stored.class).by(call -> Views.stored(table(call))),
        Route.get(ONE + "/preview", "previewTable", "Some rows").query("limit", "integer", "How many, 50 unless given, at most " + MOST_ROWS)
            .gives(ResultView.class).by(this::preview));
  }

  private StoredTable table(Call call) {
    return catalog.tables().stream().filter(each -> each.source().equals(call.path("source")) && each.table().equals(call.path("table"))).findFirst()
        .orElseThrow(() -> new KitException("KIT-6004", "there is no table '" + call.path("source") + "." + call.path("table") + "'"));
  }

  private ResultView preview(Call call) {
    StoredTable table = table(call);
    int limit = call.number("limit", 1, MOST_ROWS, 50);
    Rows rows = new Rows(limit, Long.MAX_VALUE);
    catalog.query("SELECT * FROM " + quoted(table.source()) + "." + quoted(table.table()) + " LIMIT " + limit, rows);
    return rows.view();
  }

  private static String quoted(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }
}
