package io.connectorkit.declaration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.connectorkit.api.Capability;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Nobody vouches for a connector.yaml or a configuration file (I2, I3, I4). */
class ConnectorYamlTest {

  private static final String GOOD = """
      name: acme
      version: "1.0.0"
      capabilities: [discover, read]
      auth:
        type: token
        env_vars:
          - {name: ACME_TOKEN, required: true, description: API token}
      config:
        url: {type: string, format: uri, required: true, description: Base URL}
        limit: {type: integer, default: 7}
        flag: {type: boolean}
      """;

  private static ConnectorYaml read(String yaml) {
    return ConnectorYaml.read(new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8)), "x.yaml");
  }

  private static String refusal(String yaml) {
    String message = assertThrows(DeclarationException.class, () -> read(yaml)).getMessage();
    assertTrue(message.startsWith("KIT-200") && message.contains("x.yaml") && !message.contains("\n"), message);
    return message;
  }

  @Test
  void aGoodDocumentIsRead() {
    ConnectorYaml yaml = read(GOOD);
    assertEquals("acme", yaml.name());
    assertEquals(Set.of(Capability.DISCOVER, Capability.READ), yaml.capabilities());
    assertEquals(7, yaml.settings().get("limit").fallback());
  }

  @Test
  void wrongKeysAreNamed() {
    assertTrue(refusal("name: acme\nversion: 1.0").contains("'version' is a number and must be a text, write it in quotes"));
    assertTrue(refusal("name: a\nversion: '1'").contains("'capabilities' must be a list"));
    assertTrue(refusal("name: a\nversion: '1'\ncapabilities: read").contains("must be a list"));
    assertTrue(refusal("name: a\nversion: '1'\ncapabilities: [raed]").contains("unknown capability 'raed'")); // A13
    assertTrue(refusal(GOOD.replace("type: boolean", "type: bool")).contains("'config.flag.type' is 'bool'"));
    assertTrue(refusal(GOOD.replace("ACME_TOKEN", "acme-token")).contains("'auth.env_vars.name' is 'acme-token'"));
  }

  @Test
  void brokenYamlIsNamedByLine() {
    assertTrue(refusal("name: acme\nversion: [1\n").contains("line "));
    assertTrue(refusal("name: a\nname: b").contains("line 2: key 'name' stands in line 1 already"));
    assertTrue(refusal("name: acme\n\tversion: x").contains("line 2"));
    assertTrue(refusal("- a").contains("must be a mapping"));
  }

  @Test
  void bombsAndTagsAreRefused() {
    StringBuilder bomb = new StringBuilder("a0: &a0 [x]\n");
    for (int i = 1; i < 30; i++) {
      bomb.append("a").append(i).append(": &a").append(i).append(" [*a").append(i - 1).append(", *a").append(i - 1).append("]\n");
    }
    refusal(bomb.toString());
    refusal("a: " + "[".repeat(100_000));
    refusal("a: " + "x".repeat(300_000));
    refusal("a: !!javax.script.ScriptEngineManager [!!java.net.URLClassLoader [[]]]");
  }

  @Test
  void allThatIsWrongIsSaidAtOnceInTheOrderOfTheFile() {
    DeclarationException refused = assertThrows(DeclarationException.class, () -> read("""
        name: acme
        version: 1.10
        capabilities: [discover, reed]
        auth:
          env_vars:
            - {name: acme-token, requierd: true}
        config:
          url: {type: strng, secret: maybe}
          limit:
            type: integer
            default: many
        """));
    assertEquals(List.of(
        "KIT-2002 x.yaml, line 2: 'version' is a number and must be a text, write it in quotes",
        "KIT-2002 x.yaml, line 3: unknown capability 'reed'; did you mean 'read'?",
        "KIT-2002 x.yaml, line 6: 'auth.env_vars.requierd' is unknown; did you mean 'required'?",
        "KIT-2002 x.yaml, line 6: 'auth.env_vars.name' is 'acme-token' and must be of capital letters, digits and underscores, a letter first",
        "KIT-2002 x.yaml, line 8: 'config.url.type' is 'strng' and must be one of [array, boolean, integer, number, object, string]",
        "KIT-2002 x.yaml, line 8: 'config.url.secret' is 'maybe' and must be true or false",
        "KIT-2002 x.yaml, line 11: 'config.limit.default' is 'many' and must be of type integer, of at most 18 digits"), refused.problems());
    assertEquals(String.join("; ", refused.problems()), refused.getMessage());
  }

  /** A later host may know keys that this one does not; a misspelt one would be passed over in silence. */
  @Test
  void keysOfOthersAreLeftAloneAndMisspeltOnesAreNot() {
    assertEquals("acme", read(GOOD + "icon: acme.svg\nhealth_check: {endpoint: /}\n").name());
    assertTrue(refusal(GOOD + "descripton: x\n").contains("did you mean 'description'?"));
  }

  @Test
  void aSettingSaysWhichValuesItTakes() {
    Map<String, Setting> settings = read("""
        name: acme
        version: "1"
        capabilities: [read]
        config:
          region: {type: string, enum: [eu, us], default: eu}
          limit: {type: integer, minimum: 1, maximum: 100}
          project: {type: string, pattern: "^[a-z-]+$"}
          url: {type: string, format: uri}
        """).settings();
    assertEquals("one of [eu, us]; did you mean 'eu'?", broken(settings, "region", "EU"));
    assertEquals("at least 1 and at most 100", broken(settings, "limit", "101"));
    assertEquals("a text that matches ^[a-z-]+$", broken(settings, "project", "A"));
    assertEquals("a URI such as https://example.com", broken(settings, "url", "example.com"));
    for (String good : List.of("region: us", "limit: 100", "project: a-b", "url: 'https://x'")) {
      assertEquals("", broken(settings, good.split(": ")[0], good.split(": ")[1]));
    }
    assertTrue(refusal(GOOD.replace("default: 7", "default: 7, minimum: 8")).contains("'config.limit.default' is '7' and must be at least 8"));
    assertTrue(refusal(GOOD.replace("format: uri", "pattern: '('")).contains("a regular expression"));
  }

  private static String broken(Map<String, Setting> settings, String name, String value) {
    YamlValue document = SafeYaml.read(new ByteArrayInputStream(("v: " + value).getBytes(StandardCharsets.UTF_8)), new Problems("v"));
    return settings.get(name).broken(document.entries().get("v")).orElse("");
  }
}
