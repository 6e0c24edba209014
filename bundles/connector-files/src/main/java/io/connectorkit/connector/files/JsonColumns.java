package io.connectorkit.connector.files;

import io.connectorkit.api.BatchSource;
import io.connectorkit.api.ConnectorContext;
import io.connectorkit.api.ConnectorException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The columns of JSON records and their types, from all records and not from a sample: a key that first occurs late would be left out
 * otherwise.
 */
final class JsonColumns {

  private static final String NULL_OR_MIXED = "(?<=[:\\[])\"(NULL|JSON|HUGEINT)\"(?=[,}\\]])";

  private final ConnectorContext context;
  private final Source source;
  private final String records;

  JsonColumns(ConnectorContext context, Source source, String format) {
    this.context = context;
    this.source = source;
    this.records = " FROM read_json_objects(?::VARCHAR[], format = '" + format + "', hive_partitioning = false)";
  }

  /** DuckDB's types by column: keys of the first record in their order, then the others by name. */
  Map<String, String> types() {
    Map<String, Object> whole = select("SELECT json_group_structure(json)::VARCHAR AS structure, count(*) AS records,"
        + " coalesce(bool_or(regexp_matches(json::VARCHAR, '[0-9]{16,}')), false) AS long_numbers" + records, source.patterns()).get(0);
    if (((Number) whole.get("records")).longValue() == 0) {
      return ofNothing();
    }
    String structure = String.valueOf(whole.get("structure"));
    if (!structure.startsWith("{")) {
      throw ConnectorException.permanent("not every record is a JSON object", null);
    }
    boolean longNumbers = (Boolean) whole.get("long_numbers");
    Map<String, String> types = new LinkedHashMap<>();
    Map<String, String> spellings = new HashMap<>();
    for (String key : keys(structure)) {
      String other = spellings.put(key.toLowerCase(Locale.ROOT), key);
      if (other != null) {
        throw ConnectorException.permanent("the keys '" + other + "' and '" + key + "' differ in case only, which columns cannot", null);
      }
      types.put(key, type(key, structure, longNumbers));
    }
    if (types.isEmpty()) {
      throw ConnectorException.permanent("the records have no keys, so there are no columns", null);
    }
    return types;
  }

  private Map<String, String> ofNothing() {
    if (source.options().columns().isEmpty()) {
      throw ConnectorException.permanent("has no records, so its columns are not known; declare them under columns", null);
    }
    Map<String, String> types = new LinkedHashMap<>();
    source.options().columns().keySet().stream().sorted().forEach(name -> types.put(name, "VARCHAR"));
    return types;
  }

  private List<String> keys(String structure) {
    List<String> first = texts(select("SELECT unnest(json_keys(json)) AS v FROM (SELECT json" + records + " LIMIT 1)", source.patterns()));
    List<String> all = texts(select("SELECT unnest(json_keys(?::JSON)) AS v", structure));
    return Stream.concat(first.stream(), all.stream().sorted()).distinct().toList();
  }

  private static List<String> texts(List<Map<String, Object>> rows) {
    return new ArrayList<>(rows.stream().map(row -> String.valueOf(row.get("v"))).toList());
  }

  private String type(String key, String structure, boolean longNumbers) {
    if (source.options().text() || source.options().columns().containsKey(key)) {
      return "VARCHAR";
    }
    String pointer = "/" + key.replace("~", "~0").replace("/", "~1");
    String type = String.valueOf(select("SELECT json_extract(?::JSON, ?)::VARCHAR AS v", structure, pointer).get(0).get("v"));
    if (type.startsWith("\"")) {
      return scalar(type.substring(1, type.length() - 1), pointer, longNumbers);
    }
    String nested = type.replaceAll(NULL_OR_MIXED, "\"VARCHAR\"");
    nested = longNumbers ? nested.replaceAll(NULL_OR_MIXED.replace("NULL|JSON|HUGEINT", "DOUBLE"), "\"VARCHAR\"")
        : nested.replaceAll(NULL_OR_MIXED.replace("NULL|JSON|HUGEINT", "UBIGINT"), "\"BIGINT\"");
    try {
      return String.valueOf(select("SELECT typeof(from_json('null', " + Sql.literal(nested) + ")) AS v").get(0).get("v"));
    } catch (ConnectorException e) {
      // Keys that differ in case only cannot be the fields of a struct; the text of the JSON keeps them.
      return "VARCHAR";
    }
  }

  private String scalar(String type, String pointer, boolean longNumbers) {
    return switch (type) {
      case "BOOLEAN", "BIGINT" -> type;
      case "UBIGINT" -> longNumbers && exceeds(pointer, "try_cast(json ->> ? AS HUGEINT) > 9223372036854775807") ? "UBIGINT" : "BIGINT";
      // A double would round whole numbers this long.
      case "DOUBLE" -> longNumbers && exceeds(pointer, "regexp_full_match(json ->> ?, '-?[0-9]{16,}')") ? "VARCHAR" : "DOUBLE";
      default -> "VARCHAR";
    };
  }

  private boolean exceeds(String pointer, String condition) {
    return (Boolean) select("SELECT coalesce(bool_or(" + condition + "), false) AS v" + records, pointer, source.patterns())
        .get(0).get("v");
  }

  private List<Map<String, Object>> select(String sql, Object... parameters) {
    return context.select(BatchSource.query(sql, parameters));
  }
}
