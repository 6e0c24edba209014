package io.connectorkit.runtime.internal.config;

import io.connectorkit.api.Capability;
import io.connectorkit.api.Filter;
import io.connectorkit.api.TableInfo;
import io.connectorkit.declaration.OptionReader;
import io.connectorkit.declaration.YamlValue;
import io.connectorkit.runtime.internal.schema.SchemaPolicy;
import java.time.Duration;
import java.util.Arrays;
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
 * @param filters that rows have to pass, their values as the file writes them
 * @param mode what is done with the table, {@code READ} or {@code REMOTE}; empty for what it can
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
    List<Filter> filters,
    Optional<Capability> mode) {

  /** Stands for every table that is not named. */
  public static final String ALL = "*";

  private static final Set<String> KEYS =
      Set.of("schema_changes", "min_ratio", "strategy", "overlap", "null_cursor", "full_every", "columns", "filters", "mode");
  private static final Map<String, Capability> MODES = Map.of("local", Capability.READ, "remote", Capability.REMOTE);
  private static final Pattern OVERLAP = Pattern.compile("\\d{1,18}|\\d{1,9}[smhd]");

  /** A table without wishes. */
  public static TableOptions none(String table) {
    return new TableOptions(table, SchemaPolicy.EVOLVE, 0, Optional.empty(), "", false, Duration.ZERO, List.of(), List.of(),
        Optional.empty());
  }

  /** What a run does with a table: what is wanted, or else reads it if it can be read. A wish for every table counts where it can be met. */
  public Capability wanted(TableInfo info) {
    if (mode.isPresent() && (!table.equals(ALL) || info.capabilities().contains(mode.get()))) {
      return mode.get();
    }
    return info.capabilities().contains(Capability.REMOTE) && !info.capabilities().contains(Capability.READ) ? Capability.REMOTE : Capability.READ;
  }

  /** The section {@code tables}: a list of names, or a mapping from name to options. */
  static List<TableOptions> read(OptionReader file) {
    YamlValue section = file.entries().get("tables");
    if (section == null) {
      return List.of();
    }
    if (section.content() == null || section.entries().isEmpty() && section.elements().isEmpty() && !section.scalar()) {
      file.add(section.line(), "'tables' is empty; name at least one table, or leave 'tables' out for all of them");
    } else if (section.content() instanceof List) {
      return file.texts("tables", "the name of a table").stream().map(TableOptions::none).toList();
    } else if (!(section.content() instanceof Map)) {
      file.wrong("tables", "a list of table names, or a mapping from names to options");
    }
    OptionReader tables = section.content() instanceof Map ? file.section("tables") : null;
    return section.entries().keySet().stream().map(name -> read(name, tables.section(name))).toList();
  }

  private static TableOptions read(String name, OptionReader options) {
    options.only(KEYS);
    return new TableOptions(name,
        options.label("schema_changes", SchemaPolicy::ofLabel, "evolve, freeze or discard_columns").orElse(SchemaPolicy.EVOLVE),
        options.ratio("min_ratio"),
        options.label("strategy", Strategy::ofLabel, "replace, append or upsert"),
        options.text("overlap", OVERLAP, "a whole number, or a time such as 30s, 10m, 6h or 7d"),
        options.text("null_cursor", Pattern.compile("keep|fail"), "keep or fail").equals("fail"),
        options.duration("full_every").orElse(Duration.ZERO),
        options.texts("columns", "the name of a column"),
        options.list("filters", "a list of {column, operator, value}").stream()
            .flatMap(filter -> filter(new OptionReader(options.problems(), options.path("filters"), filter)).stream()).toList(),
        options.label("mode", label -> Optional.ofNullable(MODES.get(label)), "local or remote"));
  }

  private static Optional<Filter> filter(OptionReader options) {
    options.only(Set.of("column", "operator", "value"));
    Filter.Operator operator = options.label("operator", label -> Arrays.stream(Filter.Operator.values())
        .filter(each -> each.symbol().equals(label)).findFirst(), "one of " + Arrays.stream(Filter.Operator.values())
        .map(Filter.Operator::symbol).toList()).orElse(Filter.Operator.EQ);
    String column = options.required("column");
    Optional<YamlValue> operand = options.find("value");
    List<YamlValue> values = operand.map(value -> value.scalar() ? List.of(value) : value.elements()).orElse(List.of());
    try {
      return Optional.of(new Filter(column, operator, values.stream().map(TableOptions::operand).toList()));
    } catch (IllegalArgumentException e) {
      options.add(e.getMessage());
      return Optional.empty();
    }
  }

  /** As it is written: the column's type says what it means, and a number keeps its digits. */
  private static Object operand(YamlValue value) {
    return value.content() instanceof Boolean || !value.scalar() ? value.plain() : value.text();
  }
}
