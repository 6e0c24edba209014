package io.connectorkit.connector.jdbc;

import io.connectorkit.api.Capability;
import io.connectorkit.api.ConnectorException;
import io.connectorkit.api.Names;
import io.connectorkit.api.Settings;
import io.connectorkit.api.TableInfo;
import io.connectorkit.api.Types;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * What the operator set for a table.
 *
 * @param name under which it stands in the settings; empty if nothing does
 * @param named whether that is the table's own name, so that what does not fit is a mistake; a pattern may mean tables that it does not fit
 */
record TableOptions(TableId id, String name, boolean named, boolean main, Settings options) {

  private static final Set<String> KNOWN = Set.of("incremental", "deleted", "key", "types", "pieces");

  /**
   * The options of a table.
   *
   * @param main whether it lies in the schema that names without a schema mean
   */
  static TableOptions of(Settings settings, TableId id, boolean main) {
    Settings tables = settings.section("tables");
    Optional<String> name = tables.values().keySet().stream().filter(each -> matches(each, id, main))
        .max(Comparator.<String, Boolean>comparing(each -> !each.contains("*")).thenComparing(String::length).thenComparing(each -> each));
    Settings options = name.map(tables::section).orElse(new Settings(Map.of()));
    for (String key : options.values().keySet()) {
      if (!KNOWN.contains(key)) {
        throw wrong(name.get(), "'" + key + "' is none of " + KNOWN.stream().sorted().toList());
      }
    }
    return new TableOptions(id, name.orElse(""), name.isPresent() && !name.get().contains("*"), main, options);
  }

  /** Whether the operator wants a table at all. */
  static boolean wanted(Settings settings, TableId id, boolean main) {
    List<String> schemas = settings.list("schemas");
    List<String> include = settings.list("include");
    return (schemas.isEmpty() || schemas.contains(id.schema()))
        && (include.isEmpty() || include.stream().anyMatch(pattern -> matches(pattern, id, main)))
        && !matches(writeLog(settings), id, main) && settings.list("exclude").stream().noneMatch(pattern -> matches(pattern, id, main));
  }

  /** Name of the table that remembers what was written; it is none of the source's own. */
  static String writeLog(Settings settings) {
    return settings.find("write_log").orElse("connectorkit_writes");
  }

  private static boolean matches(String pattern, TableId id, boolean main) {
    String regex = Arrays.stream(pattern.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*"));
    Pattern compiled = Pattern.compile(regex, Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
    return compiled.matcher(id.toString()).matches() || compiled.matcher(id.schema() + "." + id.name()).matches()
        || (main && compiled.matcher(id.name()).matches());
  }

  /** The type that the operator wants for a column: text, or a decimal. */
  Optional<ArrowType> type(String column) {
    return options.section("types").find(column).map(text -> {
      var decimal = Pattern.compile("decimal\\(\\s*(\\d{1,2})\\s*,\\s*(\\d{1,2})\\s*\\)").matcher(text.strip());
      if (text.strip().equals("text")) {
        return Types.text();
      }
      try {
        if (decimal.matches()) {
          return Types.decimal(Integer.parseInt(decimal.group(1)), Integer.parseInt(decimal.group(2)));
        }
      } catch (IllegalArgumentException e) {
        throw wrong(name, "type of '" + column + "': " + e.getMessage());
      }
      throw wrong(name, "type of '" + column + "' is '" + text + "', and can be text or decimal(precision, scale)");
    });
  }

  /** In how many pieces to read it; empty if that is not set. */
  Optional<Integer> pieces() {
    return options.find("pieces").map(text -> {
      if (!text.matches("[1-9]\\d{0,2}")) {
        throw wrong(name, "pieces is '" + text + "', and must be 1 to 999");
      }
      return Integer.valueOf(text);
    });
  }

  /** The table, with what the operator says about it. */
  TableInfo table(List<Field> fields, List<String> primaryKey, boolean writable, String description) {
    List<String> names = fields.stream().map(Field::getName).toList();
    List<String> key = options.list("key").isEmpty() || !fits(options.list("key"), names, "key") ? primaryKey : options.list("key");
    String plain = main ? id.name() : id.schema() + "_" + id.name();
    TableInfo.Builder table = TableInfo.table(id.toString()).as(Names.isView(plain) ? plain.toLowerCase(Locale.ROOT) : Names.toView(plain))
        .describedAs(description).can(writable ? Set.of(Capability.READ, Capability.WRITE) : Set.of(Capability.READ))
        .key(key.toArray(String[]::new)).columns(new Schema(fields));
    column("incremental", names).filter(column -> ordered(fields, column)).ifPresent(table::incrementalOn);
    column("deleted", names).filter(column -> !key.isEmpty() || reject("deleted rows are found by a key, and there is none")).ifPresent(table::deletedBy);
    return table.build();
  }

  private Optional<String> column(String option, List<String> names) {
    return options.find(option).filter(column -> fits(List.of(column), names, option));
  }

  private boolean fits(List<String> columns, List<String> names, String option) {
    return names.containsAll(columns) || reject(option + " is " + columns + ", and the columns are " + names);
  }

  private boolean ordered(List<Field> fields, String column) {
    ArrowType type = fields.stream().filter(field -> field.getName().equals(column)).findFirst().orElseThrow().getType();
    return type instanceof ArrowType.Int || type instanceof ArrowType.Decimal || type instanceof ArrowType.Date || type instanceof ArrowType.Timestamp
        || reject("incremental column '" + column + "' is of type " + type + ", and must be an integer, decimal, date or timestamp");
  }

  /** False for what a pattern does not fit; a mistake under a table's own name. */
  private boolean reject(String reason) {
    if (named) {
      throw wrong(name, reason);
    }
    return false;
  }

  private static ConnectorException wrong(String name, String reason) {
    return ConnectorException.permanent("setting 'tables', '" + name + "': " + reason, null);
  }
}
