package ${package};

import static io.connectorkit.api.Capability.DISCOVER;
import static io.connectorkit.api.Capability.READ;
import static io.connectorkit.api.Paging.byToken;
import static io.connectorkit.api.Types.decimal;
import static io.connectorkit.api.Types.instant;
import static io.connectorkit.api.Types.int64;
import static io.connectorkit.api.Types.text;
import static org.osgi.service.component.annotations.ConfigurationPolicy.IGNORE;

import io.connectorkit.api.BatchSource;
import io.connectorkit.api.ConnectorBundle;
import io.connectorkit.api.ConnectorContext;
import io.connectorkit.api.ConnectorException;
import io.connectorkit.api.Discovers;
import io.connectorkit.api.Http;
import io.connectorkit.api.HttpOptions.Auth;
import io.connectorkit.api.ReadRequest;
import io.connectorkit.api.Reads;
import io.connectorkit.api.TableInfo;
import java.util.List;
import org.osgi.service.component.annotations.Component;

/** Two tables of a REST source. One object serves all instances at the same time: it has no state, each call brings a context. */
@ConnectorBundle(name = "${connector}", version = "1.0.0", capabilities = {DISCOVER, READ})
@Component(configurationPolicy = IGNORE)
public final class ${className}Connector implements Discovers, Reads {

  /** Types are declared once; values are converted exactly, or refused with row, column and value. */
  static final TableInfo CUSTOMERS = TableInfo.table("customers").describedAs("Customers").key("id")
      .column("id", int64()).column("name", text()).build();

  /** updated_at changes with each change of a row: the next run asks for rows from the highest one on, and replaces them by key. */
  static final TableInfo ORDERS = TableInfo.table("orders").describedAs("Orders").key("id")
      .column("id", int64()).column("customer_id", int64()).column("total", decimal(12, 2)).column("updated_at", instant())
      .incrementalOn("updated_at").build();

  @Override
  public List<TableInfo> discover(ConnectorContext context) {
    return List.of(CUSTOMERS, ORDERS);
  }

  /** Called for one table at a time, side by side for several. Rows are asked for lazily; the host retries, waits and cancels. */
  @Override
  public BatchSource read(ReadRequest request) {
    return switch (request.table().sourceId()) {
      case "customers" -> http(request.context()).get("/customers").paged(byToken("next")).records(request, "data");
      case "orders" -> http(request.context()).get("/orders").param("since", request.watermark()).paged(byToken("next"))
          .records(request, "data");
      default -> throw ConnectorException.permanent("there is no table " + request.table().sourceId(), null);
    };
  }

  /** Secrets are those that connector.yaml names; keep them out of messages and logs. */
  private static Http http(ConnectorContext context) {
    return context.http().with(options -> options.baseUrl(context.settings().text("url"))
        .auth(Auth.bearer(context.secret("${token}").orElseThrow())));
  }
}
