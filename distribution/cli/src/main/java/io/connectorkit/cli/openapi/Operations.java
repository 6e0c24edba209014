package io.connectorkit.cli.openapi;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.responses.ApiResponse;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the operations of a document ask for and answer, references followed. */
final class Operations {

  private final OpenAPI api;

  Operations(OpenAPI api) {
    this.api = api;
  }

  /** The parameters of an operation and of its path; the operation's own count. Those that cannot be found are told. */
  List<Parameter> parameters(PathItem path, Operation operation, List<String> notes) {
    List<Parameter> all = new ArrayList<>(path.getParameters() == null ? List.of() : path.getParameters());
    all.addAll(operation.getParameters() == null ? List.of() : operation.getParameters());
    Map<String, Parameter> found = new LinkedHashMap<>();
    for (Parameter each : all) {
      Optional<Parameter> parameter = each.get$ref() == null ? Optional.of(each)
          : api.getComponents() == null ? Optional.empty() : Schemas.find(api.getComponents().getParameters(), "parameters", each.get$ref());
      if (parameter.isPresent() && parameter.get().getName() != null && parameter.get().getIn() != null) {
        found.put(parameter.get().getIn() + " " + parameter.get().getName(), parameter.get());
      } else {
        notes.add("the parameter " + Text.line(each.get$ref() == null ? String.valueOf(each.getName()) : each.get$ref())
            + " is not in the document and is not sent");
      }
    }
    return List.copyOf(found.values());
  }

  /** The answer if all went well. */
  Optional<ApiResponse> answer(Operation operation) {
    if (operation.getResponses() == null) {
      return Optional.empty();
    }
    Map<String, ApiResponse> answers = operation.getResponses();
    return Optional.ofNullable(answers.get("200"))
        .or(() -> answers.entrySet().stream().filter(each -> each.getKey().matches("2..")).map(Map.Entry::getValue).findFirst())
        .or(() -> Optional.ofNullable(answers.get("default")))
        .flatMap(answer -> answer.get$ref() == null ? Optional.of(answer)
            : api.getComponents() == null ? Optional.empty() : Schemas.find(api.getComponents().getResponses(), "responses", answer.get$ref()));
  }

  /** Its schema as JSON; empty if it is something else. */
  static Optional<Schema<?>> json(ApiResponse answer) {
    if (answer.getContent() == null) {
      return Optional.empty();
    }
    Optional<MediaType> type = answer.getContent().entrySet().stream().filter(each -> each.getKey().matches("(?i)application/([^;]*\\+)?json(;.*)?|\\*/\\*"))
        .map(Map.Entry::getValue).findFirst();
    return type.map(MediaType::getSchema);
  }
}
