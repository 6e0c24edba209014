package io.connectorkit.declaration;

import io.connectorkit.api.Types;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.arrow.vector.types.pojo.ArrowType;

/**
 * A column of a table of the section {@code source}.
 *
 * @param type as it is written: it says how the source writes the value as well
 * @param path of the value in a record, keys with dots between them
 * @param key where it stands, for messages
 * @param line from 1 on
 */
public record SourceColumn(String name, String type, String path, String description, String key, int line) {

  private static final Pattern ANY = Pattern.compile("(?s).*");
  private static final Pattern DECIMAL = Pattern.compile("decimal\\((\\d{1,2}), ?(\\d{1,2})\\)");
  private static final Map<String, Supplier<ArrowType>> PLAIN = new TreeMap<>(Map.ofEntries(
      Map.entry("text", Types::text), Map.entry("bool", Types::bool), Map.entry("int32", Types::int32), Map.entry("int64", Types::int64),
      Map.entry("float64", Types::float64), Map.entry("date", Types::date), Map.entry("time", Types::time), Map.entry("instant", Types::instant),
      Map.entry("date_time", Types::dateTime), Map.entry("json", Types::text), Map.entry("epoch_seconds", Types::instant),
      Map.entry("epoch_millis", Types::instant)));
  private static final String RULE = "one of " + List.copyOf(PLAIN.keySet()) + " or decimal(12, 2)";

  static SourceColumn read(OptionReader columns, String name) {
    YamlValue value = columns.entries().get(name);
    OptionReader options = value.content() instanceof Map ? columns.section(name).only(Set.of("type", "path", "description")) : columns;
    String key = value.content() instanceof Map ? "type" : name;
    Optional<String> type = options.label(key, label -> Optional.of(label).filter(each -> arrow(each).isPresent()),
        RULE + options.find(key).flatMap(each -> Nearest.to(each.text(), PLAIN.keySet())).map(each -> "; did you mean '" + each + "'?").orElse(""));
    if (options.find(key).isEmpty()) {
      options.add(value.line(), "'" + options.path(key) + "' is missing and must be " + RULE);
    }
    boolean mapping = options != columns;
    return new SourceColumn(name, type.orElse("text"), mapping && options.find("path").isPresent() ? options.required("path") : name,
        mapping ? options.text("description", ANY, "a text") : "", columns.path(name), value.line());
  }

  /** The type of its values; empty if there is no type of that name. */
  static Optional<ArrowType> arrow(String type) {
    Matcher decimal = DECIMAL.matcher(type);
    if (!decimal.matches()) {
      return Optional.ofNullable(PLAIN.get(type)).map(Supplier::get);
    }
    int precision = Integer.parseInt(decimal.group(1));
    int scale = Integer.parseInt(decimal.group(2));
    return precision < 1 || precision > 38 || scale > precision ? Optional.empty() : Optional.of(Types.decimal(precision, scale));
  }
}
