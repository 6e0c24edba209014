package io.connectorkit.connector.jdk;

import io.connectorkit.api.Connector;
import io.connectorkit.contract.junit.ConnectorContract;

/** K8: a test is a class to extend, and this is all of it. */
class JdkContractTest extends ConnectorContract {

  @Override
  protected Connector connector() {
    return new JdkConnector();
  }
}
