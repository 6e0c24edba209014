package io.connectorkit.cli.openapi;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.parser.OpenAPIV3Parser;
import io.swagger.v3.parser.core.models.ParseOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.yaml.snakeyaml.error.YAMLException;

/**
 * A document of OpenAPI 3.0 or 3.1, in JSON or YAML. The parser gets it as a tree and no address, and is not asked to resolve anything: what a
 * document refers to outside of itself is not followed, as it may come from anybody.
 */
final class Document {

  private static final long MOST_BYTES = 32L << 20;
  /** Far from the end of the stack, also in the parser. */
  static final int DEEPEST = 100;

  private Document() {}

  static OpenAPI read(Path file) throws IOException {
    if (Files.size(file) > MOST_BYTES) {
      throw new InvalidDocument("is larger than " + (MOST_BYTES >> 20) + " MiB");
    }
    JsonNode tree = tree(Files.readString(file, StandardCharsets.UTF_8));
    String version = tree.path("openapi").asText();
    if (!version.matches("3\\.[01](\\..*)?")) {
      throw new InvalidDocument(tree.has("swagger") ? "is Swagger " + Text.line(tree.path("swagger").asText()) + "; convert it to OpenAPI 3 first"
          : version.isEmpty() ? "has no 'openapi: 3.0.x' or 'openapi: 3.1.x' and is no document of OpenAPI 3"
          : "is OpenAPI " + Text.line(version) + "; 3.0 and 3.1 are read");
    }
    OpenAPI api = new OpenAPIV3Parser().parseJsonNode(null, tree, new ParseOptions()).getOpenAPI();
    if (api == null || api.getPaths() == null || api.getPaths().isEmpty()) {
      throw new InvalidDocument("has no paths");
    }
    return api;
  }

  private static JsonNode tree(String text) {
    try {
      return text.stripLeading().startsWith("{") ? json(text) : YamlTree.read(text);
    } catch (JacksonException e) {
      throw new InvalidDocument("is no JSON: line " + (e.getLocation() == null ? 0 : e.getLocation().getLineNr()) + ": " + Text.line(e.getOriginalMessage()));
    } catch (YAMLException e) {
      throw new InvalidDocument("is no YAML: " + Text.line(e.getMessage()));
    }
  }

  private static JsonNode json(String text) throws JacksonException {
    JsonFactory factory = JsonFactory.builder().streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(DEEPEST).build()).build();
    return new ObjectMapper(factory).readTree(text);
  }
}
