package io.connectorkit.itests.product;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** An OpenAPI document, as far as tests need it: its operations, and whether an answer is as it says. */
record ApiDocument(JsonNode document) {

  /** One operation. */
  record Operation(String method, String path, String role, JsonNode description) {

    boolean open() {
      return role.equals("none");
    }

    /** Answers that do not end by themselves. */
    boolean streams() {
      return path.endsWith("/events");
    }

    /** The path with a value in place of each variable. */
    String path(String value) {
      return path.replaceAll("\\{[^}]+}", value);
    }
  }

  List<Operation> operations() {
    List<Operation> operations = new ArrayList<>();
    for (Map.Entry<String, JsonNode> path : document.path("paths").properties()) {
      for (Map.Entry<String, JsonNode> method : path.getValue().properties()) {
        operations.add(new Operation(method.getKey().toUpperCase(java.util.Locale.ROOT), path.getKey(), method.getValue().path("x-role").asText(),
            method.getValue()));
      }
    }
    return operations;
  }

  /** What is wrong with an answer; empty if it is as described. */
  List<String> wrong(Operation operation, ApiClient.Answer answer) {
    List<String> wrong = new ArrayList<>();
    JsonNode responses = operation.description().path("responses");
    JsonNode response = responses.path(responses.has(String.valueOf(answer.status())) ? String.valueOf(answer.status()) : "default");
    if (answer.status() == 304) {
      return wrong;
    }
    String type = answer.type().replaceFirst(";.*", "").strip();
    JsonNode content = response.path("content").path(type);
    if (content.isMissingNode()) {
      wrong.add("status " + answer.status() + " with '" + type + "' is not described: " + answer.text());
    } else if (content.has("schema")) {
      check(content.path("schema"), answer.json(), "$", wrong);
    }
    return wrong;
  }

  private void check(JsonNode schema, JsonNode value, String where, List<String> wrong) {
    if (schema.has("$ref")) {
      check(document.at(schema.path("$ref").asText().substring(1)), value, where, wrong);
      return;
    }
    if (schema.has("anyOf")) {
      for (JsonNode each : schema.path("anyOf")) {
        List<String> others = new ArrayList<>();
        check(each, value, where, others);
        if (others.isEmpty()) {
          return;
        }
      }
      wrong.add(where + " is none of " + schema.path("anyOf"));
      return;
    }
    if (schema.has("type") && !is(schema.path("type").asText(), value)) {
      wrong.add(where + " is " + value + " and must be " + schema.path("type").asText());
      return;
    }
    for (JsonNode required : schema.path("required")) {
      if (!value.has(required.asText())) {
        wrong.add(where + " has no '" + required.asText() + "'");
      }
    }
    for (String name : names(value)) {
      JsonNode property = schema.path("properties").path(name);
      JsonNode others = schema.path("additionalProperties");
      if (!property.isMissingNode()) {
        check(property, value.path(name), where + "." + name, wrong);
      } else if (others.isBoolean() && !others.asBoolean()) {
        wrong.add(where + " has '" + name + "', which is not described");
      } else if (others.isObject()) {
        check(others, value.path(name), where + "." + name, wrong);
      }
    }
    for (int i = 0; i < value.size() && schema.has("items"); i++) {
      check(schema.path("items"), value.path(i), where + "[" + i + "]", wrong);
    }
  }

  private static Iterable<String> names(JsonNode value) {
    TreeSet<String> names = new TreeSet<>();
    value.fieldNames().forEachRemaining(names::add);
    return names;
  }

  private static boolean is(String type, JsonNode value) {
    return switch (type) {
      case "object" -> value.isObject();
      case "array" -> value.isArray();
      case "string" -> value.isTextual();
      case "integer" -> value.isIntegralNumber();
      case "number" -> value.isNumber();
      case "boolean" -> value.isBoolean();
      default -> value.isNull();
    };
  }
}
