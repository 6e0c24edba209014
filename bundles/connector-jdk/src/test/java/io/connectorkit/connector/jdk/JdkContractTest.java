package io.connectorkit.connector.jdk;

import io.connectorkit.api.Connector;
import io.connectorkit.contract.junit.ConnectorContract;

class JdkContractTest extends ConnectorContract {

  @Override
  protected Connector connector() {
    return new JdkConnector();
  }
}
