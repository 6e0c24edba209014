package io.connectorkit.connector.jdk;

import static io.connectorkit.api.Capability.DISCOVER;
import static io.connectorkit.api.Capability.READ;
import static org.osgi.service.component.annotations.ConfigurationPolicy.IGNORE;

import io.connectorkit.api.BatchSource;
import io.connectorkit.api.ConnectorBundle;
import io.connectorkit.api.ConnectorContext;
import io.connectorkit.api.ConnectorException;
import io.connectorkit.api.Discovers;
import io.connectorkit.api.ReadRequest;
import io.connectorkit.api.Reads;
import io.connectorkit.api.TableInfo;
import java.util.List;
import org.osgi.service.component.annotations.Component;

/** Reference data that every JDK carries: real tables that need no configuration and no network. */
@ConnectorBundle(name = "jdk", version = "1.0.0", capabilities = {DISCOVER, READ})
@Component(configurationPolicy = IGNORE)
public final class JdkConnector implements Discovers, Reads {

  private static final List<ReferenceTable<?>> TABLES = List.of(
      UnicodeCharacters.TABLE, TimeZones.TABLE, TimeZoneTransitions.TABLE, Locales.TABLE, Currencies.TABLE, Charsets.TABLE, Modules.TABLE);

  @Override
  public List<TableInfo> discover(ConnectorContext context) {
    return TABLES.stream().map(ReferenceTable::info).toList();
  }

  @Override
  public BatchSource read(ReadRequest request) {
    String wanted = request.table().sourceId();
    return TABLES.stream().filter(table -> table.info().sourceId().equals(wanted)).findFirst()
        .map(table -> BatchSource.rows(request, table.rows()))
        .orElseThrow(() -> ConnectorException.permanent("the JDK connector has no table '" + wanted + "'", null));
  }
}
