package io.connectorkit.gateway.internal;

import io.connectorkit.host.Catalog;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Sends a query's result row by row. */
final class QueryStream implements Catalog.Rows {

  private final Catalog catalog;
  private final Reply reply;
  private long rows;

  QueryStream(Catalog catalog, Reply reply) {
    this.catalog = catalog;
    this.reply = reply;
  }

  void run(String sql) throws IOException {
    try {
      catalog.query(sql, this);
      reply.line(Map.of("rows", rows), true);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  @Override
  public void columns(List<String> names, List<String> types) {
    List<Map<String, String>> columns = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      columns.add(Map.of("name", names.get(i), "type", types.get(i)));
    }
    send(Map.of("columns", columns));
  }

  @Override
  public void row(List<Object> values) {
    rows++;
    send(values);
  }

  private void send(Object line) {
    try {
      reply.line(line, false);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
