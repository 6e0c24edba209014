package io.connectorkit.itests.bench;

import io.connectorkit.api.BatchSource;
import io.connectorkit.api.ConnectorContext;
import io.connectorkit.api.Discovers;
import io.connectorkit.api.ReadRequest;
import io.connectorkit.api.Reads;
import io.connectorkit.api.TableInfo;
import java.util.List;

/** One table {@code mixed} with as many rows as the settings say. */
public final class MixedConnector implements Discovers, Reads {

  @Override
  public List<TableInfo> discover(ConnectorContext context) {
    return List.of(TableInfo.table("mixed").columns(MixedReader.SCHEMA).build());
  }

  @Override
  public BatchSource read(ReadRequest request) {
    long rows = Long.parseLong(request.context().settings().text("rows"));
    return BatchSource.of(new MixedReader(request.context().allocator(), rows, request.batchSize()));
  }
}
