package io.connectorkit.gateway.internal;

import io.connectorkit.host.Catalog;
import io.connectorkit.host.QueryLimits;
import io.connectorkit.host.StoredTable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Looks at a sample of a table. */
final class ProfileMaker {

  private static final Duration TIME = Duration.ofSeconds(60);

  private final Catalog catalog;
  private final String memory;

  /**
   * Takes where to look.
   *
   * @param memory of DuckDB for one look
   */
  ProfileMaker(Catalog catalog, String memory) {
    this.catalog = catalog;
    this.memory = memory;
  }

  Profile made(StoredTable table) {
    ProfileQuery query = new ProfileQuery(table);
    each(query.columns(), row -> query.column(String.valueOf(row.get(0)), String.valueOf(row.get(1))));
    Findings findings = new Findings();
    each(query.sql(), findings::take);
    List<Profile.Column> columns = new ArrayList<>();
    for (int i = 0; i < query.names().size(); i++) {
      columns.add(findings.column(i, query.names().get(i), query.types().get(i)));
    }
    return new Profile(table.source(), table.table(), String.valueOf(table.extractedAt()), table.rows(), findings.sampled(), columns);
  }

  private void each(String sql, Consumer<List<Object>> row) {
    catalog.query(sql, new QueryLimits(0, TIME, memory), new Catalog.Rows() {
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
    private final Map<Integer, List<Profile.Top>> tops = new LinkedHashMap<>();
    private final Map<Integer, List<Profile.Bin>> bins = new LinkedHashMap<>();

    void take(List<Object> row) {
      String kind = String.valueOf(row.get(0));
      int column = ((Number) row.get(1)).intValue();
      String text = row.get(2) == null ? null : String.valueOf(row.get(2));
      long number = row.get(3) == null ? 0 : ((Number) row.get(3)).longValue();
      switch (kind) {
        case ProfileQuery.TOP -> tops.computeIfAbsent(column, each -> new ArrayList<>()).add(new Profile.Top(text, number));
        case ProfileQuery.BIN -> bins.computeIfAbsent(column, each -> new ArrayList<>()).add(new Profile.Bin(text, number));
        default -> {
          numbers.put(kind + column, number);
          texts.put(kind + column, text);
        }
      }
    }

    long sampled() {
      return numbers.getOrDefault(ProfileQuery.ROWS + 0, 0L);
    }

    Profile.Column column(int i, String name, String type) {
      List<String> quantiles = new ArrayList<>();
      for (int q = 0; texts.get(ProfileQuery.QUANTILE + q + "_" + i) != null; q++) {
        quantiles.add(texts.get(ProfileQuery.QUANTILE + q + "_" + i));
      }
      return new Profile.Column(name, type, numbers.getOrDefault(ProfileQuery.NULLS + i, 0L), numbers.getOrDefault(ProfileQuery.DISTINCT + i, 0L),
          texts.get(ProfileQuery.MIN + i), texts.get(ProfileQuery.MAX + i), quantiles, tops.getOrDefault(i, List.of()), bins.getOrDefault(i, List.of()));
    }
  }
}
