package io.connectorkit.cli.openapi;

import io.swagger.v3.oas.models.media.Schema;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The columns of a record: one for each value, objects laid flat, what is a list or not known as JSON. */
final class Columns {

  private static final int DEEPEST = 3;
  private static final int MOST = 500;
  private static final int SHOWN = 8;

  private final Schemas schemas;
  private final List<Column> columns = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();
  private final Set<String> taken = new HashSet<>();

  Columns(Schemas schemas) {
    this.schemas = schemas;
  }

  /** Adds those of a record. */
  Columns of(Shape record) {
    add(record, "", "", 1);
    return this;
  }

  List<Column> list() {
    return columns;
  }

  /** What has become no column, and why. */
  List<String> notes() {
    return notes;
  }

  private void add(Shape record, String name, String path, int depth) {
    for (Map.Entry<String, Schema<?>> property : record.properties().entrySet()) {
      String key = property.getKey();
      if (key.isBlank() || !Text.printable(key) || !path.isEmpty() && key.contains(".")) {
        notes.add("the field '" + Text.line(path + key) + "' has a name that no path can have: it is left out");
      } else if (columns.size() >= MOST) {
        notes.add("more than " + MOST + " fields: '" + Text.line(path + key) + "' and what follows are left out");
        return;
      } else {
        add(name + (name.isEmpty() ? "" : "_") + key, path + key, schemas.shape(property.getValue(), record.way()), depth);
      }
    }
  }

  private void add(String name, String path, Shape shape, int depth) {
    if (shape.record() && depth < DEEPEST) {
      add(shape, name, path + ".", depth + 1);
      return;
    }
    String free = name;
    for (int i = 2; !taken.add(free.toLowerCase(Locale.ROOT)); i++) {
      free = name + "_" + i;
    }
    String type = type(shape);
    columns.add(new Column(free, type, path, Text.line(shape.description()), note(shape, type)));
  }

  private static String type(Shape shape) {
    if (!shape.problem().isEmpty() || shape.types().size() != 1) {
      return "json";
    }
    return switch (shape.types().iterator().next()) {
      case "boolean" -> "bool";
      case "integer" -> shape.format().equals("int32") ? "int32" : "int64";
      case "number" -> number(shape);
      case "string" -> shape.format().equals("date-time") ? "instant" : shape.format().equals("date") ? "date" : "text";
      default -> "json";
    };
  }

  /** Whoever says in which steps a number goes means it to be exact. */
  private static String number(Shape shape) {
    int scale = shape.multipleOf() == null ? 0 : shape.multipleOf().stripTrailingZeros().scale();
    return scale > 0 && scale < 18 ? "decimal(" + (18 + scale) + ", " + scale + ")" : shape.format().equals("decimal") ? "decimal(38, 9)" : "float64";
  }

  private static String note(Shape shape, String type) {
    if (!shape.problem().isEmpty()) {
      return shape.problem();
    }
    if (shape.types().size() > 1) {
      return "it is of one of the types " + Text.line(shape.types().toString());
    }
    if (type.equals("json")) {
      return shape.list() ? "a list" : shape.record() ? "an object that lies too deep for columns of its own" : "an object whose fields are not known";
    }
    if (type.equals("float64") && shape.format().isEmpty()) {
      return "if it is money, or has to be exact: decimal(12, 2)";
    }
    if (type.equals("text") && !shape.values().isEmpty()) {
      List<String> shown = shape.values().stream().limit(SHOWN).map(each -> Text.line(String.valueOf(each))).toList();
      return "one of " + String.join(", ", shown) + (shape.values().size() > SHOWN ? ", …" : "");
    }
    return shape.format().equals("time") ? "a time that may have a zone" : "";
  }
}
