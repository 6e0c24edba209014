package io.connectorkit.connector.keboola;

import io.connectorkit.api.BatchSource;
import io.connectorkit.api.ConnectorContext;
import io.connectorkit.api.Filter;
import io.connectorkit.api.HttpOptions;
import io.connectorkit.api.HttpOptions.Auth;
import io.connectorkit.api.ReadRequest;
import io.connectorkit.api.Split;
import io.connectorkit.api.TableInfo;
import io.connectorkit.api.Watermark;
import io.connectorkit.connector.keboola.fake.FakeKeboola;
import io.connectorkit.contract.ConnectorProbe;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.arrow.vector.types.pojo.Field;
import org.junit.jupiter.api.AfterEach;

/** A fake Keboola and a connector that reads it. */
abstract class KeboolaFixture {

  static final String ORDERS = "in.c-shop.orders";

  final FakeKeboola fake = new FakeKeboola();
  final KeboolaConnector connector = new KeboolaConnector();
  private final Map<String, Object> settings = new HashMap<>(Map.of("url", fake.url() + "/", "overlap_minutes", 60, "bad_values", "fail", "storage_url",
      fake.storage().url()));
  private ConnectorProbe probe;

  /** A request as the host would make it. */
  record Request(ConnectorContext context, TableInfo table, Optional<Watermark> watermark, List<String> columns, Split split) implements ReadRequest {

    @Override
    public List<Filter> filters() {
      return List.of();
    }

    @Override
    public int batchSize() {
      return 1000;
    }
  }

  /** What was read: text, and nulls. */
  record Rows(List<List<String>> cells, BatchSource.Mode mode, Watermark next) {}

  @AfterEach
  void close() {
    if (probe != null) {
      probe.close();
    }
    fake.close();
  }

  KeboolaFixture set(String name, Object value) {
    settings.put(name, value);
    return this;
  }

  /** The instance, made when the settings are complete. */
  ConnectorProbe probe() {
    if (probe == null) {
      probe = new ConnectorProbe(settings, Map.of("KEBOOLA_STORAGE_TOKEN", FakeKeboola.TOKEN),
          HttpOptions.DEFAULT.baseUrl(fake.url()).auth(Auth.header("X-StorageApi-Token", FakeKeboola.TOKEN)));
    }
    return probe;
  }

  TableInfo table(String view) {
    return probe().table(connector, view);
  }

  Request request(TableInfo table, Watermark watermark, Split split) {
    return new Request(probe().context(), table, Optional.ofNullable(watermark), table.schema().getFields().stream().map(Field::getName).toList(), split);
  }

  Rows read(TableInfo table, Watermark watermark, Split split) {
    BatchSource.Query query = (BatchSource.Query) connector.read(request(table, watermark, split));
    List<List<String>> cells = new ArrayList<>();
    for (Map<String, Object> row : probe().context().select(query)) {
      List<String> texts = new ArrayList<>();
      row.values().forEach(value -> texts.add(value == null ? null : String.valueOf(value)));
      cells.add(texts);
    }
    return new Rows(cells, query.end().mode(), query.end().watermark() == null ? null : query.end().watermark().get());
  }

  Rows read(TableInfo table) {
    return read(table, null, Split.WHOLE);
  }
}
