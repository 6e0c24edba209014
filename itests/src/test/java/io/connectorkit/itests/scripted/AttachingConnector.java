package io.connectorkit.itests.scripted;

import io.connectorkit.api.AttachesRemote;
import io.connectorkit.api.BatchSource;
import io.connectorkit.api.ConnectorContext;
import io.connectorkit.api.Discovers;
import io.connectorkit.api.ReadRequest;
import io.connectorkit.api.Reads;
import io.connectorkit.api.RemoteAttach;
import io.connectorkit.api.TableInfo;
import java.util.List;

/** Has its tables read or attached, as a script says. */
public final class AttachingConnector implements Discovers, Reads, AttachesRemote {

  @Override
  public List<TableInfo> discover(ConnectorContext context) {
    return Attachments.tables(context);
  }

  @Override
  public BatchSource read(ReadRequest request) {
    return Attachments.table(request.context(), request.table()).query();
  }

  @Override
  public RemoteAttach attach(ConnectorContext context, List<TableInfo> tables) {
    return Attachments.attach(context, tables);
  }
}
