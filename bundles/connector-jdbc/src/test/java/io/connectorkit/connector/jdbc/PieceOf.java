package io.connectorkit.connector.jdbc;

import io.connectorkit.api.ConnectorContext;
import io.connectorkit.api.Filter;
import io.connectorkit.api.ReadRequest;
import io.connectorkit.api.Split;
import io.connectorkit.api.TableInfo;
import io.connectorkit.api.Watermark;
import java.util.List;
import java.util.Optional;

/** A request for a piece, from a watermark on, or for some rows. */
record PieceOf(ReadRequest whole, Split split, Optional<Watermark> watermark, List<Filter> filters) implements ReadRequest {

  static ReadRequest request(ReadRequest whole, Split split) {
    return new PieceOf(whole, split, Optional.empty(), List.of());
  }

  @Override
  public ConnectorContext context() {
    return whole.context();
  }

  @Override
  public TableInfo table() {
    return whole.table();
  }

  @Override
  public List<String> columns() {
    return whole.columns();
  }

  @Override
  public int batchSize() {
    return whole.batchSize();
  }
}
