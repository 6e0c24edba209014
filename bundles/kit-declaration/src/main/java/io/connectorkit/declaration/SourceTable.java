package io.connectorkit.declaration;

import io.connectorkit.api.Paging;
import io.connectorkit.api.TableInfo;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A table of the section {@code source}.
 *
 * @param info what discovery says of it
 * @param path behind the base URL
 * @param records path of the list of records in an answer; its text is empty if the answer is that list
 * @param key where it stands, for messages
 */
public record SourceTable(TableInfo info, Template path, Map<String, Template> params, Template records, Paging paging, List<SourceColumn> columns,
    Optional<Incremental> incremental, String key) {

  private static final Set<String> KEYS =
      Set.of("description", "path", "params", "records", "paging", "key", "incremental", "deleted_by", "columns");
  private static final Pattern ANY = Pattern.compile("(?s).*");
  private static final Set<String> UNORDERED = Set.of("text", "json", "bool", "time", "float64");

  /**
   * How the source is asked for what is new.
   *
   * @param param that says from where on
   * @param value what is sent, with the watermark in place of <code>{watermark}</code>
   * @param format how that is written: {@code iso}, {@code date}, {@code epoch_seconds} or {@code epoch_millis}
   */
  public record Incremental(String column, String param, String value, String format) {

    private static final List<String> FORMATS = List.of("iso", "date", "epoch_seconds", "epoch_millis");

    private static Optional<Incremental> read(OptionReader options, List<SourceColumn> columns) {
      if (options.entries().isEmpty()) {
        return Optional.empty();
      }
      options.only(Set.of("column", "param", "value", "format"));
      String column = options.required("column");
      Optional<SourceColumn> found = columns.stream().filter(each -> each.name().equals(column)).findFirst();
      if (!column.isEmpty() && found.isEmpty()) {
        options.wrong("column", "one of the columns" + Nearest.hint(column, columns.stream().map(SourceColumn::name).toList()));
      } else if (found.isPresent() && UNORDERED.contains(found.get().type())) {
        options.wrong("column", "a column that grows: an integer, decimal, date or time, and '" + column + "' is " + found.get().type());
      }
      String value = options.find("value").map(YamlValue::text).orElse("{watermark}");
      if (!value.contains("{watermark}")) {
        options.wrong("value", "a text with {watermark} in it");
      }
      String usual = found.map(SourceColumn::type).filter(FORMATS::contains).filter(type -> !type.equals("date")).orElse("iso");
      String format = options.label("format", label -> Optional.of(label).filter(FORMATS::contains), "one of " + FORMATS).orElse(usual);
      return Optional.of(new Incremental(column, options.required("param"), value, format));
    }
  }

  static SourceTable read(OptionReader options, int line, String name, Paging paging, Map<String, Template> params, Set<String> settings) {
    options.only(KEYS);
    if (options.find("path").isEmpty()) {
      options.add("'" + options.path("path") + "' is missing; write the path behind http.base_url there, such as /" + Problems.quoted(name).replace("'", ""));
    }
    OptionReader section = options.section("columns");
    List<SourceColumn> columns = new ArrayList<>();
    section.entries().keySet().forEach(column -> columns.add(SourceColumn.read(section, column)));
    if (columns.isEmpty()) {
      options.add("'" + options.path("columns") + "' must have a column, such as 'id: int64', and is empty or missing");
    }
    List<String> names = columns.stream().map(SourceColumn::name).toList();
    List<String> key = options.texts("key", "a list of columns");
    key.stream().filter(each -> !names.contains(each)).forEach(each ->
        options.add(options.entries().get("key").line(), "'" + options.path("key") + "' names " + Problems.quoted(each) + ", which is no column"
            + Nearest.hint(each, names)));
    Optional<Incremental> incremental = Incremental.read(options.section("incremental"), columns);
    String deletedBy = options.text("deleted_by", ANY, "a column");
    if (!deletedBy.isEmpty() && (!names.contains(deletedBy) || key.isEmpty())) {
      options.wrong("deleted_by", "one of the columns " + names + " of a table with a key");
    }
    Map<String, Template> all = new LinkedHashMap<>(params);
    all.putAll(templates(options.section("params"), settings));
    Template records = options.find("records").isEmpty() ? new Template("", options.path("records"), line)
        : Template.read(options, "records", Set.of());
    return new SourceTable(info(options, name, columns, key.stream().filter(names::contains).toList(),
        incremental.map(Incremental::column).filter(names::contains).orElse(null), names.contains(deletedBy) && !key.isEmpty() ? deletedBy : null),
        Template.read(options, "path", settings), all, records, SourcePaging.read(options.section("paging"), paging), columns, incremental,
        options.path("").replaceFirst("\\.$", ""));
  }

  private static TableInfo info(OptionReader options, String name, List<SourceColumn> columns, List<String> key, String incremental, String deletedBy) {
    TableInfo.Builder table = TableInfo.table(name).describedAs(options.text("description", ANY, "a text")).key(key.toArray(String[]::new))
        .incrementalOn(incremental).deletedBy(key.isEmpty() ? null : deletedBy);
    columns.forEach(column -> table.column(column.name(), SourceColumn.arrow(column.type()).orElseThrow(), column.description()));
    return table.build();
  }

  static Map<String, Template> templates(OptionReader options, Set<String> settings) {
    Map<String, Template> templates = new LinkedHashMap<>();
    options.entries().keySet().forEach(name -> templates.put(name, Template.read(options, name, settings)));
    return templates;
  }
}
