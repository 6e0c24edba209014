package io.connectorkit.gateway.internal;

import io.connectorkit.host.Catalog;
import java.util.ArrayList;
import java.util.List;

/** Gathers a result. */
final class Rows implements Catalog.Rows {

  private final List<ResultView.Column> columns = new ArrayList<>();
  private final List<List<Object>> rows = new ArrayList<>();

  Rows(int limit, long bytes) {}

  @Override
  public void columns(List<String> names, List<String> types) {
    for (int i = 0; i < names.size(); i++) {
      columns.add(new ResultView.Column(names.get(i), types.get(i)));
    }
  }

  @Override
  public void row(List<Object> values) {
    rows.add(values);
  }

  ResultView view() {
    return new ResultView(columns, rows, false);
  }
}
