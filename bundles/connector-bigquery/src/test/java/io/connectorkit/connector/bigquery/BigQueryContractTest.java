package io.connectorkit.connector.bigquery;

import io.connectorkit.api.Connector;
import io.connectorkit.contract.junit.ConnectorContract;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;

/** K8: the contract, with tables and a view. */
class BigQueryContractTest extends ConnectorContract {

  private static final FakeBigQuery FAKE = Samples.shop(new FakeBigQuery());

  @AfterAll
  static void close() {
    FAKE.close();
  }

  @Override
  protected Connector connector() {
    return new BigQueryConnector();
  }

  @Override
  protected Map<String, Object> settings() {
    return Samples.settings(FAKE);
  }

  @Override
  protected Map<String, String> secrets() {
    return Map.of("BIGQUERY_SERVICE_ACCOUNT_JSON", FAKE.key());
  }

  @Override
  protected Optional<String> fakeServerSetting() {
    return Optional.of("rest_url");
  }
}
