package io.connectorkit.gateway.internal;

import java.util.List;

/** The result of a query: each row is a list of values in the order of the columns. */
record ResultView(List<Column> columns, List<List<Object>> rows, boolean truncated) {

  /** A column of a result, with its type in DuckDB's words. */
  record Column(String name, String type) {}
}
