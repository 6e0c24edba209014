package io.connectorkit.runtime.internal.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.connectorkit.api.Settings;
import io.connectorkit.declaration.ConnectorYaml;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is kept out of sight although nobody has declared it as a secret. */
class ConfidentialTest {

  private static final ConnectorYaml YAML = yaml("""
      name: acme
      version: "1.0.0"
      capabilities: [discover, read]
      config:
        url: {type: string}
        keys: {type: array, secret: true}
        more: {type: object}
      """);

  private static ConnectorYaml yaml(String text) {
    return ConnectorYaml.read(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), "connector.yaml");
  }

  private static boolean hides(String name, Object value) {
    return Confidential.hides(YAML.settings().get(name), value);
  }

  @Test
  void aSettingWithAPasswordInItIsNotShown() {
    assertTrue(hides("url", "https://reader:x@example.com"));
    assertTrue(hides("url", "jdbc:postgresql://db/shop?user=a&password=x"));
    assertTrue(hides("more", Map.of("ssl", Map.of("key_password", "x"))));
    assertTrue(hides("more", List.of(Map.of("to", "https://reader:x@example.com"))));
    assertTrue(hides("unknown", "x") && hides("keys", "x"));
    assertFalse(hides("url", "https://example.com/?since=2026&at=a@b.c"));
    assertFalse(hides("more", Map.of("sslmode", "require")));
  }

  @Test
  void whatIsInItIsKnownByEachOfItsParts() {
    Settings settings = new Settings(Map.of("keys", List.of(Map.of("id", "a1b2c3"), "d4e5f6"), "url", "https://reader:g7%2Fh8@example.com/?api_key=i9j0",
        "more", Map.of("password", List.of("k1l2")), "unknown", "m3n4o5p6", "short", "true"));
    assertEquals(List.of("a1b2c3", "d4e5f6"), Confidential.declared(YAML, settings).sorted().toList());
    assertEquals(List.of("g7%2Fh8", "g7/h8", "i9j0", "i9j0", "k1l2", "m3n4o5p6"), Confidential.undeclared(YAML, settings).sorted().toList());
  }

  @Test
  void aMessageIsCleanedOfThemAndOfWhatLooksLikeThem() {
    assertEquals("no *** at https://***@example.com/x?a=1&token=*** and *** is refused",
        Confidential.clean("no s3cr3t at https://a:b@example.com/x?a=1&token=zzz and s3/cr is refused", List.of("s3cr3t", "s3/cr")));
  }
}
