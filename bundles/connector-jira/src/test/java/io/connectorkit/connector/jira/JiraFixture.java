package io.connectorkit.connector.jira;

import io.connectorkit.api.HttpOptions;
import io.connectorkit.api.HttpOptions.Auth;
import io.connectorkit.connector.jira.fake.FakeJira;
import io.connectorkit.contract.ConnectorProbe;
import java.util.HashMap;
import java.util.Map;

/** An instance of the connector at a fake Jira. */
final class JiraFixture {

  static final Map<String, String> SECRETS = Map.of("JIRA_API_TOKEN", FakeJira.TOKEN, "JIRA_WEBHOOK_SECRET", "fake-webhook-secret");

  private JiraFixture() {}

  /** Settings with the defaults of connector.yaml. */
  static Map<String, Object> settings(FakeJira jira, Map<String, Object> more) {
    Map<String, Object> settings = new HashMap<>(Map.of("url", jira.url(), "email", FakeJira.EMAIL, "api_url", jira.url(), "service_management", true,
        "parallel", 4));
    settings.putAll(more);
    return settings;
  }

  static ConnectorProbe probe(FakeJira jira, Map<String, Object> more) {
    return new ConnectorProbe(settings(jira, more), SECRETS, HttpOptions.DEFAULT.baseUrl(jira.url()).auth(Auth.basic(FakeJira.EMAIL, FakeJira.TOKEN)));
  }
}
