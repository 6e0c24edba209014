package io.connectorkit.gateway.internal;

import io.connectorkit.host.Catalog;
import java.io.IOException;
import java.util.List;

/** SQL over everything that was extracted. */
final class QueryResource implements Resource {

  /** One SELECT. */
  record Query(String sql) {}

  private final Catalog catalog;

  QueryResource(Catalog catalog) {
    this.catalog = catalog;
  }

  @Override
  public List<Route> routes() {
    return List.of(Route.post("/api/query", "query", "Runs one SELECT, read only").takes(Query.class).gives(ResultView.class).by(this::query));
  }

  private ResultView query(Call call) throws IOException {
    Rows rows = new Rows(1000, 1);
    catalog.query(call.body(Query.class).sql(), rows);
    return rows.view();
  }
}
