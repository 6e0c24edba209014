package io.connectorkit.contract;

import io.connectorkit.api.ConnectorContext;
import io.connectorkit.api.Filter;
import io.connectorkit.api.ReadRequest;
import io.connectorkit.api.Split;
import io.connectorkit.api.TableInfo;
import io.connectorkit.api.Watermark;
import java.util.List;
import java.util.Optional;
import org.apache.arrow.vector.types.pojo.Field;

/** A request as plain values. */
record ProbeRequest(ConnectorContext context, TableInfo table, Optional<Watermark> watermark, List<String> columns,
    List<Filter> filters, Split split, int batchSize) implements ReadRequest {

  private static final int BATCH = 1_000;

  /** All of a table; the context is filled in when it is read. */
  static ProbeRequest all(TableInfo table) {
    List<String> columns = table.schema().getFields().stream().map(Field::getName).toList();
    return new ProbeRequest(null, table, Optional.empty(), columns, List.of(), Split.WHOLE, BATCH);
  }

  ProbeRequest in(ConnectorContext other) {
    return new ProbeRequest(other, table, watermark, columns, filters, split, batchSize);
  }

  ProbeRequest from(Watermark lower) {
    return new ProbeRequest(context, table, Optional.of(lower), columns, filters, split, batchSize);
  }

  ProbeRequest columns(List<String> wanted) {
    return new ProbeRequest(context, table, watermark, List.copyOf(wanted), filters, split, batchSize);
  }

  ProbeRequest where(Filter filter) {
    return new ProbeRequest(context, table, watermark, columns, List.of(filter), split, batchSize);
  }

  ProbeRequest piece(Split piece) {
    return new ProbeRequest(context, table, watermark, columns, filters, piece, batchSize);
  }

  ProbeRequest batches(int size) {
    return new ProbeRequest(context, table, watermark, columns, filters, split, size);
  }
}
