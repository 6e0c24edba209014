package io.connectorkit.contract;

import io.connectorkit.api.BatchSource;
import io.connectorkit.api.ConnectorContext;
import io.connectorkit.api.ConnectorException;
import io.connectorkit.api.Discovers;
import io.connectorkit.api.ReadRequest;
import io.connectorkit.api.Reads;
import io.connectorkit.api.Split;
import io.connectorkit.api.TableInfo;
import io.connectorkit.api.Types;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A connector that is right in every part, until a test adds a table that is not, or overrides a method. */
class Shop implements Discovers, Reads {

  static final TableInfo ORDERS = TableInfo.table("Orders").describedAs("Orders of the shop").key("id").column("id", Types.int64())
      .column("total", Types.decimal(12, 2)).column("note", Types.text()).column("updated_at", Types.instant()).incrementalOn("updated_at").build();
  static final TableInfo RETURNS = TableInfo.table("returns").column("id", Types.int64()).column("why", Types.text()).build();
  static final String TOKEN = "the-right-token";
  static final String YAML = """
      name: shop
      version: "1.0.0"
      capabilities: [discover, read]
      auth:
        env_vars:
          - {name: SHOP_TOKEN, required: true}
      """;
  static final String COMPONENT = """
      <scr:component xmlns:scr="http://www.osgi.org/xmlns/scr/v1.4.0" name="shop" configuration-policy="ignore">
        <property name="connectorkit.name" type="String" value="shop"/>
        <service><provide interface="io.connectorkit.api.Connector"/></service>
        <implementation class="Shop"/>
      </scr:component>
      """;
  private static final int ROWS = 20;
  private static final Instant FIRST = Instant.parse("2026-01-31T23:59:59.123456Z");

  private final List<TableInfo> extra = new ArrayList<>();
  private final Map<String, Function<ReadRequest, BatchSource>> sources = new HashMap<>();

  /** The same with one more table. */
  Shop with(TableInfo table, Function<ReadRequest, BatchSource> source) {
    extra.add(table);
    sources.put(table.sourceId(), source);
    return this;
  }

  Subject packed() {
    return packed(YAML, COMPONENT);
  }

  Subject packed(String yaml, String component) {
    Map<String, Object> header = Map.of("connectorkit.connector", "shop", "version", "1.0.0", "capabilities", List.of("discover", "read"));
    Packaging packaging = new Packaging("bundle shop 1.0.0", List.of(header), bytes(yaml), List.of(bytes(component)));
    return new Subject(this, Optional.of(packaging), Map.of(), Map.of("SHOP_TOKEN", TOKEN), Subject.Surroundings.PLAIN, Optional.empty());
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public List<TableInfo> discover(ConnectorContext context) {
    if (!context.secret("SHOP_TOKEN").orElse("").equals(TOKEN)) {
      throw refused(context.secret("SHOP_TOKEN").orElse(""));
    }
    return Stream.concat(Stream.of(ORDERS, RETURNS), extra.stream()).toList();
  }

  ConnectorException refused(String token) {
    return ConnectorException.authentication("the shop refuses the token", null);
  }

  @Override
  public List<Split> splits(ReadRequest request) {
    return request.table().equals(ORDERS) ? List.of(new Split(1, "0-10"), new Split(1, "10-20")) : List.of(Split.WHOLE);
  }

  @Override
  public BatchSource read(ReadRequest request) {
    if (request.table().sourceId().equals("Orders")) {
      return BatchSource.rows(request, orders(request));
    }
    if (request.table().sourceId().equals("returns")) {
      return BatchSource.rows(request, Stream.empty());
    }
    return Optional.ofNullable(sources.get(request.table().sourceId())).orElseThrow(() -> unknown(request)).apply(request);
  }

  RuntimeException unknown(ReadRequest request) {
    return ConnectorException.permanent("the shop has no table '" + request.table().sourceId() + "'", null);
  }

  Stream<Object[]> orders(ReadRequest request) {
    Instant from = request.watermark().map(watermark -> (Instant) watermark.value()).orElse(Instant.MIN);
    String[] range = (request.split().equals(Split.WHOLE) ? "0-" + ROWS : request.split().text()).split("-");
    return IntStream.range(Integer.parseInt(range[0]), Integer.parseInt(range[1])).filter(i -> !updated(i).isBefore(from))
        .mapToObj(i -> new Object[] {i, i + ".50", i % 2 == 0 ? "note " + i : null, updated(i)});
  }

  /** Two orders each have the same time. */
  static Instant updated(int order) {
    return FIRST.plus(Duration.ofMinutes(order / 2));
  }
}
