package io.connectorkit.runtime.internal.extract;

import io.connectorkit.api.ConnectorContext;
import io.connectorkit.api.Filter;
import io.connectorkit.api.ReadRequest;
import io.connectorkit.api.Split;
import io.connectorkit.api.TableInfo;
import io.connectorkit.api.Watermark;
import java.util.List;
import java.util.Optional;

/** A request as plain values. */
record Request(ConnectorContext context, TableInfo table, Optional<Watermark> watermark, List<String> columns, List<Filter> filters,
    Split split, int batchSize) implements ReadRequest {

  /** The same request for one piece, with memory and cancellation of its own. */
  Request of(ConnectorContext other, Split piece) {
    return new Request(other, table, watermark, columns, filters, piece, batchSize);
  }
}
