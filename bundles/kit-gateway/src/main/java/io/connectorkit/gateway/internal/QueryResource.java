package io.connectorkit.gateway.internal;

import io.connectorkit.host.Catalog;
import io.connectorkit.host.KitException;
import io.connectorkit.host.QueryLimits;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;

/** SQL over everything that was extracted. */
final class QueryResource implements Resource {

  private static final String ARROW = "application/vnd.apache.arrow.stream";
  private static final String CSV = "text/csv";

  /** One SELECT; {@code format} is json, csv or arrow. */
  record Query(String sql, @MayBeNull String format, @MayBeNull Integer limit) {}

  private final Catalog catalog;
  private final GatewayConfig config;

  QueryResource(Catalog catalog, GatewayConfig config) {
    this.catalog = catalog;
    this.config = config;
  }

  @Override
  public List<Route> routes() {
    return List.of(Route.post("/api/query", "query", "Runs one SELECT over all tables, read only; JSON is cut at the limits, CSV and Arrow break off there")
        .takes(Query.class).gives(ResultView.class).gives(200, CSV).gives(200, ARROW).by(this::query));
  }

  private Object query(Call call) throws IOException {
    Query query = call.body(Query.class);
    int rows = query.limit() == null ? config.query_rows() : Math.min(query.limit(), config.query_rows());
    if (rows < 1) {
      throw new KitException("KIT-6003", "'limit' must be a whole number above zero");
    }
    QueryLimits limits = new QueryLimits(rows, Duration.ofSeconds(config.query_seconds()), config.query_memory());
    long bytes = (long) config.query_mib() << 20;
    OutputStream out = call.response().getOutputStream();
    switch (query.format() == null ? "json" : query.format()) {
      case "json" -> {
        call.response().setContentType("application/json");
        new JsonRows(out, bytes).write(into -> catalog.query(query.sql(), limits, into));
      }
      case "csv" -> {
        call.response().setContentType(CSV);
        csv(query.sql(), limits, new CountedStream(out, bytes));
      }
      case "arrow" -> {
        call.response().setContentType(ARROW);
        catalog.arrow(query.sql(), limits, new CountedStream(out, bytes));
      }
      default -> throw new KitException("KIT-6003", "'format' must be json, csv or arrow");
    }
    return null;
  }

  private void csv(String sql, QueryLimits limits, OutputStream out) throws IOException {
    try {
      catalog.query(sql, limits, new CsvRows(out));
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }
}
