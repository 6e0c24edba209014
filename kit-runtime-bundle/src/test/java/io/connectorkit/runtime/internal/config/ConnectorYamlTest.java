package io.connectorkit.runtime.internal.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.connectorkit.api.Capability;
import io.connectorkit.host.KitException;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
    String message = assertThrows(KitException.class, () -> read(yaml)).getMessage();
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
    assertTrue(refusal("name: acme\nversion: 1.0").contains("'version' must be a text, write it in quotes"));
    assertTrue(refusal("name: a\nversion: '1'").contains("'capabilities' must be a list"));
    assertTrue(refusal("name: a\nversion: '1'\ncapabilities: read").contains("must be a list"));
    assertTrue(refusal("name: a\nversion: '1'\ncapabilities: [raed]").contains("unknown capability 'raed'")); // A13
    assertTrue(refusal(GOOD.replace("type: boolean", "type: bool")).contains("'config.flag'"));
    assertTrue(refusal(GOOD.replace("ACME_TOKEN", "acme-token")).contains("auth.env_vars"));
  }

  @Test
  void brokenYamlIsNamedByLine() {
    assertTrue(refusal("name: acme\nversion: [1\n").contains("line "));
    assertTrue(refusal("name: a\nname: b").contains("duplicate key"));
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
  void everythingThatAnInstanceLacksIsSaidAtOnce(@TempDir Path folder) throws Exception {
    Path file = Files.writeString(folder.resolve("shop.yaml"), "connector: acme\nconfig: {limit: seven, extra: 1}\n");
    InstanceConfig config = InstanceConfig.check(InstanceFile.read(file), read(GOOD), new Secrets(Map.of()));
    assertEquals(3, config.problems().size(), config.problems().toString());
    assertTrue(config.problems().toString().contains("'url' is missing (Base URL)"));
    assertTrue(config.problems().toString().contains("'limit' must be of type integer"));
    assertTrue(config.problems().toString().contains("ACME_TOKEN is not set"));
    assertTrue(config.notes().toString().contains("'extra' is unknown"));
  }

  @Test
  void defaultsAreFilledInAndSecretsComeFromFilesToo(@TempDir Path folder) throws Exception {
    Path file = Files.writeString(folder.resolve("shop.yaml"), "connector: acme\nconfig: {url: 'https://x'}\n");
    Path secret = Files.writeString(folder.resolve("token"), "s3cret\n");
    Secrets secrets = new Secrets(Map.of("ACME_TOKEN_FILE", secret.toString()));
    InstanceConfig config = InstanceConfig.check(InstanceFile.read(file), read(GOOD), secrets);
    assertEquals(List.of(), config.problems());
    assertEquals("7", config.settings().text("limit"));
    assertEquals("s3cret", secrets.find("ACME_TOKEN").orElseThrow());
  }

  @Test
  void unknownKeysAndBadNamesOfInstancesAreRefused(@TempDir Path folder) throws Exception {
    Path unknown = Files.writeString(folder.resolve("a.yaml"), "connector: acme\nconfg: {}\n");
    assertTrue(assertThrows(KitException.class, () -> InstanceFile.read(unknown)).getMessage().contains("unknown key 'confg'"));
    Path name = Files.writeString(folder.resolve("Main-1.yaml"), "connector: acme\n");
    assertTrue(assertThrows(KitException.class, () -> InstanceFile.read(name)).getMessage().contains("KIT-2004"));
  }

  /** B6: such a name would have to stand in quotes wherever it is used. */
  @Test
  void wordsOfSqlAreNoNamesOfInstances(@TempDir Path folder) throws Exception {
    Path file = Files.writeString(folder.resolve("full.yaml"), "connector: acme\n");
    String message = assertThrows(KitException.class, () -> InstanceFile.read(file)).getMessage();
    assertTrue(message.startsWith("KIT-2004") && message.contains("DuckDB reserves"), message);
  }

  /** B9: no table is not every table. */
  @Test
  void anEmptyListOfTablesIsRefused(@TempDir Path folder) throws Exception {
    for (String none : List.of("[]", "{}")) {
      Path file = Files.writeString(folder.resolve("shop.yaml"), "connector: acme\ntables: " + none + "\n");
      String message = assertThrows(KitException.class, () -> InstanceFile.read(file)).getMessage();
      assertTrue(message.startsWith("KIT-2002") && message.contains("leave 'tables' out for all"), message);
    }
    Path all = Files.writeString(folder.resolve("shop.yaml"), "connector: acme\n");
    assertEquals(List.of(), InstanceFile.read(all).tableNames());
    Path some = Files.writeString(folder.resolve("shop.yaml"), "connector: acme\ntables: [orders]\n");
    assertEquals(List.of("orders"), InstanceFile.read(some).tableNames());
  }
}
