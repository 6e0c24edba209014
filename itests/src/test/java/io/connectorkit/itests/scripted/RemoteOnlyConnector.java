package io.connectorkit.itests.scripted;

import io.connectorkit.api.AttachesRemote;
import io.connectorkit.api.ConnectorContext;
import io.connectorkit.api.Discovers;
import io.connectorkit.api.RemoteAttach;
import io.connectorkit.api.TableInfo;
import java.util.List;

/** Cannot read: all of its tables are attached. */
public final class RemoteOnlyConnector implements Discovers, AttachesRemote {

  @Override
  public List<TableInfo> discover(ConnectorContext context) {
    return Attachments.tables(context);
  }

  @Override
  public RemoteAttach attach(ConnectorContext context, List<TableInfo> tables) {
    return Attachments.attach(context, tables);
  }
}
