package io.connectorkit.cli.openapi;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.media.Schema;
import java.math.BigDecimal;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The schemas of a document, and what they come to. */
final class Schemas {

  private static final String COMPONENTS = "#/components/";
  /** A real document takes some thousands; one whose parts multiply would never end. */
  private static final int MOST_STEPS = 500_000;

  private final OpenAPI api;
  private int steps;

  Schemas(OpenAPI api) {
    this.api = api;
  }

  /** The part of a document that a reference names; empty if it lies elsewhere or nowhere. */
  static <T> Optional<T> find(Map<String, T> parts, String kind, String reference) {
    String prefix = COMPONENTS + kind + "/";
    if (parts == null || !reference.startsWith(prefix)) {
      return Optional.empty();
    }
    String name = reference.substring(prefix.length()).replace("~1", "/").replace("~0", "~");
    return Optional.ofNullable(parts.get(name)).or(() -> Optional.ofNullable(parts.get(decoded(name))));
  }

  private static String decoded(String name) {
    try {
      return URLDecoder.decode(name.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return name;
    }
  }

  /**
   * What a schema says.
   *
   * @param schema may be null
   * @param way names of the schemas around it
   */
  Shape shape(Schema<?> schema, Set<String> way) {
    if (++steps > MOST_STEPS) {
      throw new InvalidDocument("has schemas that go on without end");
    }
    if (schema == null) {
      return nothing(way, "nothing is said of it");
    }
    if (schema.get$ref() != null) {
      return referred(schema, way);
    }
    List<Schema<?>> choices = new ArrayList<>(parts(schema.getOneOf()));
    choices.addAll(parts(schema.getAnyOf()));
    choices.removeIf(each -> types(each).isEmpty() && nullOnly(each));
    if (choices.size() == 1 && own(schema, way).properties().isEmpty()) {
      return shape(choices.get(0), way);
    }
    Shape own = own(schema, way);
    if (choices.isEmpty()) {
      return own;
    }
    return own.record() ? with(own, "it has fields of one of " + choices.size() + " kinds besides, which are left out")
        : new Shape(Set.of(), "", null, Map.of(), null, List.of(), own.description(), way, "it is one of " + choices.size() + " kinds");
  }

  private static Shape with(Shape shape, String note) {
    return new Shape(shape.types(), shape.format(), shape.multipleOf(), shape.properties(), shape.items(), shape.values(),
        shape.description().isEmpty() ? note : shape.description() + " (" + note + ")", shape.way(), "");
  }

  private Shape referred(Schema<?> schema, Set<String> way) {
    String reference = schema.get$ref();
    Optional<Schema<?>> target = find(named(), "schemas", reference);
    if (target.isEmpty()) {
      return nothing(way, (reference.startsWith("#") ? "nothing stands at " : "what lies outside of the document is not followed: ") + Text.line(reference));
    }
    if (way.contains(reference)) {
      return nothing(way, "it goes round in a circle through " + Text.line(reference.substring(reference.lastIndexOf('/') + 1)));
    }
    Set<String> longer = new LinkedHashSet<>(way);
    longer.add(reference);
    Shape shape = shape(target.get(), longer);
    return schema.getDescription() == null ? shape : new Shape(shape.types(), shape.format(), shape.multipleOf(), shape.properties(), shape.items(),
        shape.values(), schema.getDescription(), shape.way(), shape.problem());
  }

  /** The schema without its alternatives, with all parts that hold at the same time. */
  private Shape own(Schema<?> schema, Set<String> way) {
    Set<String> types = types(schema);
    Set<String> passed = new LinkedHashSet<>(way);
    Map<String, Schema<?>> properties = new LinkedHashMap<>();
    Schema<?> items = schema.getItems();
    String format = text(schema.getFormat());
    String description = text(schema.getDescription());
    BigDecimal multipleOf = schema.getMultipleOf();
    List<?> values = schema.getEnum() == null ? List.of() : schema.getEnum();
    String problem = "";
    for (Schema<?> part : parts(schema.getAllOf())) {
      Shape shape = shape(part, way);
      passed.addAll(shape.way());
      types = types.isEmpty() ? shape.types() : types;
      properties.putAll(shape.properties());
      items = items == null ? shape.items() : items;
      format = format.isEmpty() ? shape.format() : format;
      multipleOf = multipleOf == null ? shape.multipleOf() : multipleOf;
      values = values.isEmpty() ? shape.values() : values;
      description = description.isEmpty() ? shape.description() : description;
      problem = problem.isEmpty() ? shape.problem() : problem;
    }
    if (schema.getProperties() != null) {
      schema.getProperties().forEach((name, property) -> properties.put(name, property));
    }
    if (types.isEmpty() && items != null) {
      types = Set.of("array");
    }
    if (types.isEmpty() && !values.isEmpty() && values.stream().allMatch(String.class::isInstance)) {
      types = Set.of("string");
    }
    // What is known of the other parts is worth having, even if one part is not known.
    return new Shape(types, format, multipleOf, properties, items, values, description, passed, properties.isEmpty() ? problem : "");
  }

  private static Shape nothing(Set<String> way, String problem) {
    return new Shape(Set.of(), "", null, Map.of(), null, List.of(), "", way, problem);
  }

  @SuppressWarnings("unchecked")
  private Map<String, Schema<?>> named() {
    return api.getComponents() == null ? Map.of() : (Map<String, Schema<?>>) (Map<String, ?>) api.getComponents().getSchemas();
  }

  @SuppressWarnings("unchecked")
  private static List<Schema<?>> parts(List<?> parts) {
    return parts == null ? List.of() : (List<Schema<?>>) parts;
  }

  private static String text(String text) {
    return text == null ? "" : text;
  }

  /** In 3.0 there is one type, in 3.1 a list. */
  private static Set<String> types(Schema<?> schema) {
    Set<String> types = new TreeSet<>();
    if (schema.getTypes() != null) {
      types.addAll(schema.getTypes());
    } else if (schema.getType() != null) {
      types.add(schema.getType());
    }
    types.remove("null");
    return types;
  }

  private static boolean nullOnly(Schema<?> schema) {
    return "null".equals(schema.getType()) || schema.getTypes() != null && schema.getTypes().equals(Set.of("null"));
  }
}
