package io.connectorkit.cli.openapi;

import io.swagger.v3.oas.models.parameters.Parameter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * By what rows of a table are known, and asked for once they have changed.
 *
 * @param key a column; empty if none was found
 * @param yaml of the section of that name; empty if all rows are read each time
 * @param param that asks for what has changed; empty if there is none
 */
record Increment(String key, String yaml, String param, List<String> notes) {

  private static final List<String> KEYS = List.of("id", "uuid", "guid", "key");
  private static final Set<String> COLUMNS = Set.of("updatedat", "updated", "modifiedat", "modified", "lastmodified", "lastmodifiedat", "updatedtime",
      "updatedon", "modifiedon", "changedat", "lastupdated", "lastupdatedat", "updatedate", "modifieddate",
      "lastmodifieddate", "updatetime", "dateupdated");
  private static final Set<String> PARAMS = Set.of("updatedsince", "modifiedsince", "since", "changedsince", "updatedafter", "modifiedafter", "updatedatmin",
      "updatedatgte", "updatedfrom", "modifiedfrom", "lastmodifiedfrom", "updatedatfrom", "updatedmin", "changedafter");

  static Increment of(String table, List<Column> columns, List<Parameter> query, Schemas schemas) {
    List<String> notes = new ArrayList<>();
    String own = Text.bare(table).replaceFirst("s$", "") + "id";
    String key = columns.stream().filter(Column::identifies).map(Column::name).filter(name -> KEYS.contains(Text.bare(name)) || Text.bare(name).equals(own))
        .min(Comparator.comparingInt(name -> KEYS.contains(Text.bare(name)) ? KEYS.indexOf(Text.bare(name)) : KEYS.size())).orElse("");
    if (key.isEmpty()) {
      notes.add("no key was found: name one, 'key: [COLUMN]', if rows have one");
    }
    Optional<Column> column = columns.stream().filter(each -> COLUMNS.contains(Text.bare(each.name())))
        .filter(each -> each.type().equals("instant") || each.type().equals("date")).findFirst();
    Optional<Parameter> param = query.stream().filter(each -> PARAMS.contains(Text.bare(each.getName()))).findFirst();
    if (column.isEmpty() || param.isEmpty() || key.isEmpty()) {
      notes.add(column.isPresent() && param.isEmpty() ? "no parameter was found that asks for what has changed since: each run reads all rows"
          : param.isPresent() && column.isEmpty()
          ? "the parameter '" + Text.line(param.get().getName()) + "' asks for changes, and no column tells when a row changed" : "");
      return new Increment(key, "", "", notes);
    }
    Shape shape = schemas.shape(param.get().getSchema(), Set.of());
    String format = shape.is("integer") ? ", format: epoch_seconds" : shape.format().equals("date") ? ", format: date" : "";
    if (shape.is("integer")) {
      notes.add("the parameter '" + Text.line(param.get().getName()) + "' takes a number: seconds since 1970 here, or format: epoch_millis");
    }
    return new Increment(key, "{column: " + Text.value(column.get().name()) + ", param: " + Text.value(param.get().getName()) + format + "}",
        param.get().getName(), notes);
  }
}
