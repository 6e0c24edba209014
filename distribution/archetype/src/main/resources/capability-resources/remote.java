import static io.connectorkit.api.Capability.REMOTE;
import io.connectorkit.api.AttachesRemote;
import io.connectorkit.api.RemoteAttach;
import java.util.EnumSet;

  /** How DuckDB gets at the tables that are queried in place. The token is named, never given; the operator allows extension and variable. */
  @Override
  public RemoteAttach attach(ConnectorContext context, List<TableInfo> tables) {
    RemoteAttach attach = RemoteAttach.of("${connector}", "bigquery", "project=${connector}").tokenIn("${token}");
    for (TableInfo table : tables) {
      attach = attach.with(table, "shop", table.sourceId());
    }
    return attach;
  }
