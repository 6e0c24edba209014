package io.connectorkit.connector.jdk;

import static io.connectorkit.api.Capability.DISCOVER;
import static io.connectorkit.api.Capability.READ;
import static org.osgi.service.component.annotations.ConfigurationPolicy.IGNORE;

import io.connectorkit.api.BatchSource;
import io.connectorkit.api.ConnectorBundle;
import io.connectorkit.api.ConnectorContext;
import io.connectorkit.api.Discovers;
import io.connectorkit.api.ReadRequest;
import io.connectorkit.api.Reads;
import io.connectorkit.api.TableInfo;
import io.connectorkit.api.Types;
import java.util.Currency;
import java.util.List;
import org.osgi.service.component.annotations.Component;

/** Reference data that every JDK carries. */
@ConnectorBundle(name = "jdk", version = "1.0.0", capabilities = {DISCOVER, READ})
@Component(configurationPolicy = IGNORE)
public final class JdkConnector implements Discovers, Reads {

  @Override
  public List<TableInfo> discover(ConnectorContext context) {
    return List.of(TableInfo.table("currencies").key("code").column("code", Types.text()).column("name", Types.text()).build());
  }

  @Override
  public BatchSource read(ReadRequest request) {
    return BatchSource.rows(request, Currency.getAvailableCurrencies().stream()
        .map(c -> new Object[] {c.getCurrencyCode(), c.getDisplayName()}));
  }
}
