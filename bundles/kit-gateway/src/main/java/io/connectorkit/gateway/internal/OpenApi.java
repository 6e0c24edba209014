package io.connectorkit.gateway.internal;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The OpenAPI document of the routes. */
final class OpenApi {

  private static final String TOKEN = "token";

  private final List<Route> routes;
  private final JsonSchema schemas = new JsonSchema();

  OpenApi(List<Route> routes) {
    this.routes = routes;
  }

  Map<String, Object> document() {
    Map<String, Object> paths = new LinkedHashMap<>();
    for (Route route : routes) {
      @SuppressWarnings("unchecked")
      Map<String, Object> methods = (Map<String, Object>) paths.computeIfAbsent(route.path(), path -> new LinkedHashMap<>());
      methods.put(route.method().toLowerCase(java.util.Locale.ROOT), operation(route));
    }
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("openapi", "3.1.0");
    document.put("info", Map.of("title", "Connector Kit", "version", "1.0.0", "description",
        "The API of a Connector Kit gateway. Errors are problem+json with a stable code."));
    document.put("paths", paths);
    document.put("components", Map.of("schemas", schemas.records(), "securitySchemes",
        Map.of(TOKEN, Map.of("type", "http", "scheme", "bearer", "description", "Made with 'kit token create NAME --role read|operate|deploy'"))));
    document.put("security", List.of(Map.of(TOKEN, List.of())));
    return document;
  }

  private Map<String, Object> operation(Route route) {
    Map<String, Object> operation = new LinkedHashMap<>();
    operation.put("operationId", route.operation());
    operation.put("summary", route.summary());
    operation.put("tags", List.of(route.segments().size() > 1 ? route.segments().get(1) : route.segments().get(0)));
    operation.put("x-role", route.isOpen() ? "none" : route.role().label());
    if (route.isOpen()) {
      operation.put("security", List.of());
    }
    List<Object> parameters = new ArrayList<>();
    route.segments().forEach(segment -> Route.variable(segment).ifPresent(name -> parameters.add(Map.of("name", name, "in", "path", "required", true,
        "schema", Map.of("type", "string", "minLength", 1)))));
    route.parameters().forEach(parameter -> parameters.add(Map.of("name", parameter.name(), "in", "query", "required", parameter.required(),
        "description", parameter.description(), "schema", Map.of("type", parameter.type()))));
    operation.put("parameters", parameters);
    route.body().ifPresent(body -> operation.put("requestBody", Map.of("required", true, "content", Map.of("application/json",
        Map.of("schema", schemas.of(body))))));
    route.upload().ifPresent(type -> operation.put("requestBody", Map.of("required", true, "content", Map.of(type, Map.of()))));
    operation.put("responses", responses(route));
    return operation;
  }

  private Map<String, Object> responses(Route route) {
    Map<String, Object> responses = new LinkedHashMap<>();
    for (Route.Answer answer : route.answers()) {
      Map<String, Object> content = new LinkedHashMap<>();
      route.answers().stream().filter(other -> other.status() == answer.status()).forEach(other -> content.put(other.mediaType(), content(other)));
      responses.put(String.valueOf(answer.status()), Map.of("description", route.summary(), "content", content));
    }
    responses.put("default", Map.of("description", "What is wrong", "content",
        Map.of(Problem.MEDIA_TYPE, Map.of("schema", schemas.of(Problem.class)))));
    return responses;
  }

  private Map<String, Object> content(Route.Answer answer) {
    if (answer.type() == null) {
      return Map.of();
    }
    Map<String, Object> schema = schemas.of(answer.type());
    return Map.of("schema", answer.list() ? Map.of("type", "array", "items", schema) : schema);
  }
}
