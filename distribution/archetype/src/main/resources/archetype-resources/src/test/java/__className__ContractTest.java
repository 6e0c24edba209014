package ${package};

import io.connectorkit.api.Connector;
import io.connectorkit.contract.junit.ConnectorContract;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;

/** Everything that the host relies on, as tests. "kit connector test" runs the same checks against the real source. */
class ${className}ContractTest extends ConnectorContract {

  private static final FakeServer SERVER = FakeServer.start(0);

  @AfterAll
  static void stopTheServer() {
    SERVER.close();
  }

  @Override
  protected Connector connector() {
    return new ${className}Connector();
  }

  @Override
  protected Map<String, Object> settings() {
    return Map.of("url", SERVER.url());
  }

  @Override
  protected Map<String, String> secrets() {
    return Map.of("${token}", FakeServer.TOKEN);
  }

  /** The setting with the URL: some checks stand between connector and server, and spoil answers. */
  @Override
  protected Optional<String> fakeServerSetting() {
    return Optional.of("url");
  }
}
