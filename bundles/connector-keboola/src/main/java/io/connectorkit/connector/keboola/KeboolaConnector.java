package io.connectorkit.connector.keboola;

import static io.connectorkit.api.Capability.DISCOVER;
import static io.connectorkit.api.Capability.READ;
import static io.connectorkit.api.Capability.REMOTE;
import static org.osgi.service.component.annotations.ConfigurationPolicy.IGNORE;

import io.connectorkit.api.AttachesRemote;
import io.connectorkit.api.BatchSource;
import io.connectorkit.api.ConnectorBundle;
import io.connectorkit.api.ConnectorContext;
import io.connectorkit.api.Discovers;
import io.connectorkit.api.ReadRequest;
import io.connectorkit.api.Reads;
import io.connectorkit.api.RemoteAttach;
import io.connectorkit.api.Split;
import io.connectorkit.api.TableInfo;
import java.util.List;
import org.osgi.service.component.annotations.Component;

/** Tables of Keboola Storage: exported as CSV that the host's DuckDB reads, or queried in place through DuckDB's extension. */
@ConnectorBundle(name = "keboola", version = "1.0.0", capabilities = {DISCOVER, READ, REMOTE})
@Component(configurationPolicy = IGNORE)
public final class KeboolaConnector implements Discovers, Reads, AttachesRemote {

  @Override
  public List<TableInfo> discover(ConnectorContext context) {
    StorageApi api = new StorageApi(context);
    api.verifyToken();
    TableSettings.warnOfUnknown(context, api.tables());
    return SourceTable.infos(api.tables(), context.settings());
  }

  /** A first load in windows of time, where the operator wants that. */
  @Override
  public List<Split> splits(ReadRequest request) {
    TableSettings settings = TableSettings.of(request.context().settings(), request.table().sourceId());
    if (request.watermark().isPresent() || settings.windowDays() == 0 || !settings.incremental(request.table())) {
      return List.of(Split.WHOLE);
    }
    return Window.cut(new StorageApi(request.context()).position(request.table().sourceId()), settings.windowDays());
  }

  @Override
  public BatchSource read(ReadRequest request) {
    ConnectorContext context = request.context();
    StorageApi api = new StorageApi(context);
    TableInfo table = request.table();
    TableSettings settings = TableSettings.of(context.settings(), table.sourceId());
    Position now = api.position(table.sourceId());
    Window window = Window.of(request, settings, now);
    List<String> columns = SourceTable.sourceColumns(table, request.columns());
    Download download = Download.of(api, context, api.export(table.sourceId(), columns, window, settings.where(context.clock())), columns);
    BatchSource rows = new CsvQuery(context, table, request.columns(), download).source().inAnyOrder();
    if (window.everything() || download.rows() == now.rows() && api.position(table.sourceId()).equals(now)) {
      // Also where a table was loaded anew, so that all of its rows have changed: rows that are gone are seen no other way.
      rows = rows.full();
    }
    return settings.incremental(table) ? rows.endingAt(window::mark) : rows;
  }

  @Override
  public RemoteAttach attach(ConnectorContext context, List<TableInfo> tables) {
    RemoteAttach attach = RemoteAttach.of("kbc", "keboola", StorageApi.stack(context.settings())).tokenIn(StorageApi.TOKEN);
    for (TableInfo table : tables) {
      int dot = table.sourceId().lastIndexOf('.');
      attach = attach.with(table, table.sourceId().substring(0, dot), table.sourceId().substring(dot + 1));
    }
    return attach;
  }
}
