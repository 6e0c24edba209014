package io.connectorkit.connector.jira;

import io.connectorkit.api.Connector;
import io.connectorkit.connector.jira.fake.FakeJira;
import io.connectorkit.connector.jira.fake.FakeSite;
import io.connectorkit.contract.Limits;
import io.connectorkit.contract.junit.ConnectorContract;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;

class JiraContractTest extends ConnectorContract {

  private static final FakeJira JIRA = new FakeJira(new FakeSite(12)).limits(5, 1);

  @AfterAll
  static void stop() {
    JIRA.close();
  }

  @Override
  protected Connector connector() {
    return new JiraConnector();
  }

  @Override
  protected Map<String, Object> settings() {
    return JiraFixture.settings(JIRA, Map.of());
  }

  @Override
  protected Map<String, String> secrets() {
    return JiraFixture.SECRETS;
  }

  /** Some checks wait for the server to get better, for each table; all tables are one walk. */
  @Override
  protected Limits limits() {
    Limits gentle = Limits.gentle();
    return new Limits(gentle.rows(), gentle.bytes(), 3, gentle.call(), gentle.total());
  }

  @Override
  protected Optional<String> fakeServerSetting() {
    return Optional.of("url");
  }
}
