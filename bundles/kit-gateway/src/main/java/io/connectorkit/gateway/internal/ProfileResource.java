package io.connectorkit.gateway.internal;

import io.connectorkit.host.Catalog;
import io.connectorkit.host.KitException;
import io.connectorkit.host.QueryLimits;
import io.connectorkit.host.StoredTable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** What the values of a table are like: looked at when somebody asks, in a sample, and kept until the table changes. */
final class ProfileResource implements Resource {

  private static final Duration TIME = Duration.ofSeconds(60);
  private static final int KEPT = 50;

  /** A value and how often it is there. */
  record Top(String value, long count) {}

  /** A range of values, by its beginning, and how many are in it. */
  record Bin(String label, long count) {}

  /** A column: smallest and largest value are null where the type has no order; quantiles are those at 5, 25, 50, 75 and 95 per cent. */
  record Column(String name, String type, long nulls, long distinct, @MayBeNull String min, @MayBeNull String max, List<String> quantiles, List<Top> top,
      List<Bin> histogram) {}

  /** A table; all but {@code rows} is about the {@code sampled} ones. */
  record Profile(String source, String table, long rows, long sampled, List<Column> columns) {}

  /** The table as it was when it was looked at. */
  private record Key(String source, String table, String extractedAt, long rows) {}

  private final Catalog catalog;
  private final GatewayConfig config;
  private final Map<Key, Profile> kept = new LinkedHashMap<>() {
    private static final long serialVersionUID = 1L;

    @Override
    protected boolean removeEldestEntry(Map.Entry<Key, Profile> eldest) {
      return size() > KEPT;
    }
  };

  ProfileResource(Catalog catalog, GatewayConfig config) {
    this.catalog = catalog;
    this.config = config;
  }

  @Override
  public List<Route> routes() {
    return List.of(Route.get("/api/tables/{source}/{table}/profile", "profileTable", "What the values of each column are like, from a sample")
        .gives(Profile.class).by(this::profile));
  }

  /** One at a time: each takes what a query may. */
  private synchronized Profile profile(Call call) {
    StoredTable table = catalog.tables().stream().filter(each -> each.source().equals(call.path("source")) && each.table().equals(call.path("table")))
        .findFirst().orElseThrow(() -> new KitException("KIT-6004", "there is no table '" + call.path("source") + "." + call.path("table") + "'"));
    Key key = new Key(table.source(), table.table(), String.valueOf(table.extractedAt()), table.rows());
    Profile present = kept.get(key);
    if (present == null) {
      present = made(table);
      kept.put(key, present);
    }
    return present;
  }

  private Profile made(StoredTable table) {
    ProfileQuery query = new ProfileQuery(table);
    each(query.columns(), row -> query.column(String.valueOf(row.get(0)), String.valueOf(row.get(1))));
    Findings findings = new Findings();
    each(query.sql(), findings::take);
    List<Column> columns = new ArrayList<>();
    for (int i = 0; i < query.names().size(); i++) {
      columns.add(findings.column(i, query.names().get(i), query.types().get(i)));
    }
    return new Profile(table.source(), table.table(), table.rows(), findings.sampled(), columns);
  }

  private void each(String sql, Consumer<List<Object>> row) {
    catalog.query(sql, new QueryLimits(0, TIME, config.query_memory()), new Catalog.Rows() {
      @Override
      public void columns(List<String> names, List<String> types) {}

      @Override
      public void row(List<Object> values) {
        row.accept(values);
      }
    });
  }

  /** Collects the rows of the query: kind, column, text, number. */
  private static final class Findings {
    private final Map<String, String> texts = new LinkedHashMap<>();
    private final Map<String, Long> numbers = new LinkedHashMap<>();
    private final Map<Integer, List<Top>> tops = new LinkedHashMap<>();
    private final Map<Integer, List<Bin>> bins = new LinkedHashMap<>();

    void take(List<Object> row) {
      String kind = String.valueOf(row.get(0));
      int column = ((Number) row.get(1)).intValue();
      String text = row.get(2) == null ? null : String.valueOf(row.get(2));
      long number = row.get(3) == null ? 0 : ((Number) row.get(3)).longValue();
      switch (kind) {
        case ProfileQuery.TOP -> tops.computeIfAbsent(column, each -> new ArrayList<>()).add(new Top(text, number));
        case ProfileQuery.BIN -> bins.computeIfAbsent(column, each -> new ArrayList<>()).add(new Bin(text, number));
        default -> {
          numbers.put(kind + column, number);
          texts.put(kind + column, text);
        }
      }
    }

    long sampled() {
      return numbers.getOrDefault(ProfileQuery.ROWS + 0, 0L);
    }

    Column column(int i, String name, String type) {
      List<String> quantiles = new ArrayList<>();
      for (int q = 0; texts.get(ProfileQuery.QUANTILE + q + "_" + i) != null; q++) {
        quantiles.add(texts.get(ProfileQuery.QUANTILE + q + "_" + i));
      }
      return new Column(name, type, numbers.getOrDefault(ProfileQuery.NULLS + i, 0L), numbers.getOrDefault(ProfileQuery.DISTINCT + i, 0L),
          texts.get(ProfileQuery.MIN + i), texts.get(ProfileQuery.MAX + i), quantiles, tops.getOrDefault(i, List.of()), bins.getOrDefault(i, List.of()));
    }
  }
}
