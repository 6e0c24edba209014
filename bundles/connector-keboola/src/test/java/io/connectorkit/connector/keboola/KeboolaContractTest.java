package io.connectorkit.connector.keboola;

import io.connectorkit.api.Connector;
import io.connectorkit.connector.keboola.fake.FakeKeboola;
import io.connectorkit.contract.junit.ConnectorContract;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;

class KeboolaContractTest extends ConnectorContract {

  private static final FakeKeboola FAKE = new FakeKeboola();

  @AfterAll
  static void close() {
    FAKE.close();
  }

  @Override
  protected Connector connector() {
    return new KeboolaConnector();
  }

  @Override
  protected Map<String, Object> settings() {
    FAKE.table("in.c-shop.orders", List.of("id"), "id INTEGER", "total NUMERIC(12,2)", "note STRING", "at TIMESTAMP", "paid BOOLEAN")
        .put("1", "2.50", "a, \"b\"\nc", "2026-01-01 00:00:00", "true").put("2", null, "", null, "0").put("3", "-7.00", null, "2026-01-02 03:04:05.678", null);
    FAKE.table("in.c-shop.nothing", List.of("id"), "id INTEGER", "name");
    FAKE.table("out.c-log.lines", List.of(), "line").put("NA").put("NA").put("null");
    return Map.of("url", FAKE.url(), "overlap_minutes", 60, "bad_values", "fail", "storage_url", FAKE.storage().url());
  }

  @Override
  protected Map<String, String> secrets() {
    return Map.of("KEBOOLA_STORAGE_TOKEN", FakeKeboola.TOKEN);
  }

  @Override
  protected Optional<String> fakeServerSetting() {
    return Optional.of("url");
  }
}
