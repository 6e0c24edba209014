package io.connectorkit.gateway.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JsonSchemaTest {

  private record Leaf(long number, @MayBeNull Double share) {}

  private record Tree(String name, List<Leaf> leaves, Map<String, String> labels, boolean tall, @MayBeNull Tree next) {}

  private static final class Other {
    private record Leaf(String text) {}
  }

  @Test
  void twoRecordsOfOneNameAreTwoSchemas() {
    JsonSchema schemas = new JsonSchema();
    assertEquals(Map.of("$ref", "#/components/schemas/Leaf"), schemas.of(Leaf.class));
    assertEquals(Map.of("$ref", "#/components/schemas/OtherLeaf"), schemas.of(Other.Leaf.class));
    assertEquals(Map.of("$ref", "#/components/schemas/Leaf"), schemas.of(Leaf.class));
    assertEquals(List.of("Leaf", "OtherLeaf"), List.copyOf(schemas.records().keySet()));
  }

  @Test
  void everyPartOfARecordIsRequiredUnlessItMayBeNull() {
    JsonSchema schemas = new JsonSchema();
    assertEquals(Map.of("$ref", "#/components/schemas/Tree"), schemas.of(Tree.class));
    Map<?, ?> tree = (Map<?, ?>) schemas.records().get("Tree");
    assertEquals(List.of("name", "leaves", "labels", "tall"), tree.get("required"));
    assertEquals(false, tree.get("additionalProperties"));
    Map<?, ?> properties = (Map<?, ?>) tree.get("properties");
    assertEquals(Map.of("type", "array", "items", Map.of("$ref", "#/components/schemas/Leaf")), properties.get("leaves"));
    assertEquals(Map.of("type", "object", "additionalProperties", Map.of("type", "string")), properties.get("labels"));
    assertEquals(Map.of("anyOf", List.of(Map.of("$ref", "#/components/schemas/Tree"), Map.of("type", "null"))), properties.get("next"));
    assertEquals(List.of("number"), ((Map<?, ?>) schemas.records().get("Leaf")).get("required"));
  }
}
