package io.connectorkit.connector.bigquery;

import static io.connectorkit.api.Capability.DISCOVER;
import static io.connectorkit.api.Capability.READ;
import static io.connectorkit.api.Capability.REMOTE;
import static org.osgi.service.component.annotations.ConfigurationPolicy.IGNORE;

import io.connectorkit.api.AttachesRemote;
import io.connectorkit.api.BatchSource;
import io.connectorkit.api.ConnectorBundle;
import io.connectorkit.api.ConnectorContext;
import io.connectorkit.api.ConnectorException;
import io.connectorkit.api.Discovers;
import io.connectorkit.api.ReadRequest;
import io.connectorkit.api.Reads;
import io.connectorkit.api.RemoteAttach;
import io.connectorkit.api.Split;
import io.connectorkit.api.TableInfo;
import java.lang.System.Logger.Level;
import java.util.List;
import org.osgi.service.component.annotations.Component;

/** Datasets of Google BigQuery. */
@ConnectorBundle(name = "bigquery", version = "1.0.0", capabilities = {DISCOVER, REMOTE, READ})
@Component(configurationPolicy = IGNORE)
public final class BigQueryConnector implements Discovers, AttachesRemote, Reads {

  private static final int STREAMS = 8;

  @Override
  public List<TableInfo> discover(ConnectorContext context) {
    return new Tables(new Rest(context)).list();
  }

  @Override
  public RemoteAttach attach(ConnectorContext context, List<TableInfo> tables) {
    Project project = Project.of(context.settings());
    Rest rest = new Rest(context);
    RemoteAttach remote = RemoteAttach.of("bq", "bigquery", project.url());
    for (TableInfo table : tables) {
      TableName name = TableName.of(project.data(), table);
      if (name.stored()) {
        remote = remote.with(table, name.dataset(), name.table());
        continue;
      }
      // The extension hands the whole of it to BigQuery with each query: what is too much then is too much now.
      String sql = "SELECT * FROM " + name.sql();
      try {
        rest.requireAffordable(table.sourceId(), sql);
        remote = remote.withCall(table, "bigquery_query", project.billing(), sql);
      } catch (ConnectorException e) {
        if (e.kind() != ConnectorException.Kind.PERMANENT) {
          throw e;
        }
        context.log().log(Level.WARNING, e.getMessage());
      }
    }
    return remote;
  }

  @Override
  public List<Split> splits(ReadRequest request) {
    List<Split> pieces = new ReadSessions(request).streams(STREAMS).stream().map(stream -> new Split(1, stream)).toList();
    return pieces.isEmpty() ? List.of(new Split(1, "")) : pieces;
  }

  @Override
  public BatchSource read(ReadRequest request) {
    String stream = request.split().equals(Split.WHOLE) ? new ReadSessions(request).streams(1).stream().findFirst().orElse("") : request.split().text();
    return BatchSource.of(new StreamReader(request, stream));
  }
}
