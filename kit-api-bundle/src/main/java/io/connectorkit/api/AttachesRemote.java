package io.connectorkit.api;

import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Capability {@link Capability#REMOTE}: DuckDB can query the source in place, through one of its extensions (the term is that of DuckDB's
 * ATTACH). No row of such a table is copied; its view reaches into the source each time it is queried.
 */
@ConsumerType
public interface AttachesRemote extends Connector {

  /**
   * Says how DuckDB gets at the source. Called in each run with at least one table that is to be queried in place, after
   * {@link Discovers#discover}; may do network calls, such as to tell views from tables, on a thread that is interrupted when the run is
   * cancelled. The host attaches only what the operator's lists of extensions, hosts and variables allow.
   *
   * @param context the configured instance
   * @param tables those to be queried in place, each with {@link Capability#REMOTE}
   * @return the attachment, with what stands behind each table; a table that it leaves out fails alone; not null
   * @throws ConnectorException if the source does not answer, or refuses
   */
  RemoteAttach attach(ConnectorContext context, List<TableInfo> tables);
}
