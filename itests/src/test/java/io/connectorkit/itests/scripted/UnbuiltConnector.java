package io.connectorkit.itests.scripted;

import io.connectorkit.api.BatchSource;
import io.connectorkit.api.ConnectorContext;
import io.connectorkit.api.Discovers;
import io.connectorkit.api.ReadRequest;
import io.connectorkit.api.Reads;
import io.connectorkit.api.TableInfo;
import java.util.List;

/** Cannot be constructed, and says why with a secret in every spelling. */
public final class UnbuiltConnector implements Discovers, Reads {

  public UnbuiltConnector() {
    throw new IllegalStateException("CANARY_BUILD is refused: " + String.join(" ", Spellings.of(System.getenv("CANARY_BUILD"))));
  }

  @Override
  public List<TableInfo> discover(ConnectorContext context) {
    return List.of();
  }

  @Override
  public BatchSource read(ReadRequest request) {
    throw new IllegalStateException();
  }
}
