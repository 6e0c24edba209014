package io.connectorkit.itests.scripted;

import io.connectorkit.api.BatchSource;
import io.connectorkit.api.ConnectorContext;
import io.connectorkit.api.Discovers;
import io.connectorkit.api.ReadRequest;
import io.connectorkit.api.Reads;
import io.connectorkit.api.TableInfo;
import io.connectorkit.api.Types;
import java.util.List;

/** One table of three rows, and no wishes. */
public final class TinyConnector implements Discovers, Reads {

  @Override
  public List<TableInfo> discover(ConnectorContext context) {
    return List.of(TableInfo.table("t").key("id").column("id", Types.int64()).build());
  }

  @Override
  public BatchSource read(ReadRequest request) {
    return BatchSource.query("SELECT range AS id FROM range(3)");
  }
}
