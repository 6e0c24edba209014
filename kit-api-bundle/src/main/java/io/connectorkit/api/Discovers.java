package io.connectorkit.api;

import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;

/** Capability {@link Capability#DISCOVER}: the connector can say which tables the source has. */
@ConsumerType
public interface Discovers extends Connector {

  /**
   * Lists the tables of the source as they are now. Called at the start of every run, and by people who look around; it may do network
   * calls, on a thread of the host that is interrupted when the call is cancelled.
   *
   * @param context the configured instance
   * @return the tables, each with a schema; an empty list means that the source has none, never that it did not answer; not null
   * @throws ConnectorException if the source does not answer, or refuses
   */
  List<TableInfo> discover(ConnectorContext context);
}
