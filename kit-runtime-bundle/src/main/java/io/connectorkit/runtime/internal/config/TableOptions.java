package io.connectorkit.runtime.internal.config;

import io.connectorkit.api.Filter;
import io.connectorkit.host.KitException;
import io.connectorkit.runtime.internal.schema.SchemaPolicy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What an operator wants of one table.
 *
 * @param table view name or source id; {@link #ALL} for every table that is not named
 * @param schemaPolicy when columns change
 * @param minRatio the part of the last published rows below which a run's rows are not believed; 0 for no limit
 * @param strategy when rows come; empty for the one that fits the table
 * @param overlap what to read again below the watermark: a number, or a time such as 10m; empty for none
 * @param nullCursorFails whether a null in the incremental column fails the table
 * @param fullEvery the age at which a full read is due again; zero for never
 * @param columns to publish; empty for all
 * @param filters that rows have to pass, their values as the file gives them
 */
public record TableOptions(
    String table,
    SchemaPolicy schemaPolicy,
    double minRatio,
    Optional<Strategy> strategy,
    String overlap,
    boolean nullCursorFails,
    Duration fullEvery,
    List<String> columns,
    List<Filter> filters) {

  /** Stands for every table that is not named. */
  public static final String ALL = "*";

  private static final Set<String> KEYS =
      Set.of("schema_changes", "min_ratio", "strategy", "overlap", "null_cursor", "full_every", "columns", "filters");
  private static final Pattern OVERLAP = Pattern.compile("\\d{1,18}|\\d{1,9}[smhd]");

  /** A table without wishes. */
  public static TableOptions none(String table) {
    return read(table, Map.of(), "");
  }

  /** The section {@code tables}: a list of names, or a mapping from name to options. */
  static List<TableOptions> read(Object section, Path file) {
    if (section == null) {
      return List.of();
    }
    if (section instanceof Collection<?> none && none.isEmpty() || section instanceof Map<?, ?> nothing && nothing.isEmpty()) {
      throw new KitException("KIT-2002", file + ": 'tables' is empty; name at least one table, or leave 'tables' out for all of them");
    }
    if (section instanceof List<?> names) {
      return names.stream().map(String::valueOf).distinct().map(TableOptions::none).toList();
    }
    if (!(section instanceof Map<?, ?> map)) {
      throw new KitException("KIT-2002", file + ": 'tables' must be a list of table names, or a mapping from names to options");
    }
    List<TableOptions> options = new ArrayList<>();
    map.forEach((name, value) -> options.add(read(String.valueOf(name), value == null ? Map.of() : value, file + ": 'tables." + name)));
    return options;
  }

  private static TableOptions read(String name, Object value, String where) {
    OptionReader options = new OptionReader(where, value, KEYS);
    return new TableOptions(name,
        options.label("schema_changes", SchemaPolicy::ofLabel, "evolve, freeze or discard_columns").orElse(SchemaPolicy.EVOLVE),
        options.ratio("min_ratio"),
        options.label("strategy", Strategy::ofLabel, "replace, append or upsert"),
        options.text("overlap", OVERLAP, "a whole number, or a time such as 30s, 10m, 6h or 7d"),
        options.text("null_cursor", Pattern.compile("keep|fail"), "keep or fail").equals("fail"),
        options.duration("full_every"),
        options.list("columns", "a list of column names").stream().map(String::valueOf).distinct().toList(),
        options.list("filters", "a list of {column, operator, value}").stream().map(filter -> filter(filter, where)).toList());
  }

  private static Filter filter(Object value, String where) {
    OptionReader options = new OptionReader(where + ".filters", value, Set.of("column", "operator", "value"));
    Map<?, ?> map = (Map<?, ?>) value;
    Filter.Operator operator = options.label("operator", label -> Arrays.stream(Filter.Operator.values())
        .filter(each -> each.symbol().equals(label)).findFirst(), "one of " + Arrays.stream(Filter.Operator.values())
        .map(Filter.Operator::symbol).toList()).orElse(Filter.Operator.EQ);
    Object operand = map.get("value");
    List<?> values = operand == null ? List.of() : operand instanceof List<?> list ? list : List.of(operand);
    try {
      return new Filter(String.valueOf(map.get("column")), operator, List.copyOf(values));
    } catch (IllegalArgumentException | NullPointerException e) {
      throw new KitException("KIT-2002", where + ".filters': " + e.getMessage(), e);
    }
  }
}
