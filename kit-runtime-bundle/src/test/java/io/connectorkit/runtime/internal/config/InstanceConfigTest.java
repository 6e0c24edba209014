package io.connectorkit.runtime.internal.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.connectorkit.declaration.ConnectorYaml;
import io.connectorkit.declaration.Problems;
import io.connectorkit.host.KitException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an operator wrote against what the connector asks for (I3, I9). */
class InstanceConfigTest {

  private static final String YAML = """
      name: acme
      version: "1.0.0"
      capabilities: [discover, read]
      auth:
        env_vars:
          - {name: ACME_TOKEN, required: true, description: API token}
      config:
        url: {type: string, required: true, description: Base URL}
        limit: {type: integer, default: 7, minimum: 1}
        region: {type: string, enum: [eu, us]}
        password: {type: string, secret: true, pattern: "^[a-z]+$"}
        more: {type: object}
      """;

  @TempDir
  private Path folder;

  private InstanceConfig check(String text, Map<String, String> environment) throws IOException {
    Problems problems = new Problems("shop.yaml");
    InstanceFile file = InstanceFile.read(Files.writeString(folder.resolve("shop.yaml"), text), problems);
    assertEquals(List.of(), problems.lines());
    ConnectorYaml yaml = ConnectorYaml.read(new ByteArrayInputStream(YAML.getBytes(StandardCharsets.UTF_8)), "x");
    return InstanceConfig.check(file, yaml, new Secrets(environment));
  }

  private InstanceConfig check(String settings) throws IOException {
    return check("connector: acme\nconfig:\n  url: https://x\n" + settings, Map.of("ACME_TOKEN", "t"));
  }

  @Test
  void everythingThatAnInstanceLacksIsSaidAtOnce() throws IOException {
    InstanceConfig config = check("connector: acme\nconfig:\n  limit: seven\n  region: EU\n  extra: hunter2\n  acme_token: hunter2\n", Map.of());
    assertEquals(List.of(
        "KIT-2011 etc/connectors/shop.yaml: setting 'url' is missing (Base URL); set config.url",
        "KIT-2015 etc/connectors/shop.yaml: environment variable ACME_TOKEN is not set (API token); set it in bin/setenv, or let ACME_TOKEN_FILE"
            + " name a file that holds it, and restart the host",
        "KIT-2012 etc/connectors/shop.yaml, line 3: setting 'limit' is 'seven' and must be of type integer, of at most 18 digits",
        "KIT-2012 etc/connectors/shop.yaml, line 4: setting 'region' is 'EU' and must be one of [eu, us]; did you mean 'eu'?"), config.problems());
    assertEquals(List.of(
        "KIT-2013 etc/connectors/shop.yaml, line 5: setting 'extra' is unknown to the connector; known are [limit, more, password, region, url]",
        "KIT-2014 etc/connectors/shop.yaml, line 6: secret 'acme_token' is not read here; delete the line and set the environment variable"),
        config.notes());
  }

  @Test
  void defaultsAreFilledInAndTextsKeepTheirDigits() throws IOException {
    InstanceConfig config = check("  region:\n  password: abc\n  more: {version: 1.10}\n");
    assertEquals(List.of(), config.problems());
    assertEquals("7", config.settings().text("limit"));
    assertTrue(config.settings().find("region").isEmpty());
    assertEquals("1.10", check("connector: acme\nconfig: {url: 1.10}\n", Map.of("ACME_TOKEN", "t")).settings().text("url"));
  }

  @Test
  void aSecretIsNeverShownAndItsFileShouldBeClosedToOthers() throws IOException {
    InstanceConfig wrong = check("  password: Hunter2\n");
    assertEquals(List.of("KIT-2012 etc/connectors/shop.yaml, line 4: setting 'password' is a text and must be a text that matches ^[a-z]+$"),
        wrong.problems());
    Files.setPosixFilePermissions(folder.resolve("shop.yaml"), PosixFilePermissions.fromString("rw-r--r--"));
    assertTrue(check("  password: abc\n").notes().get(0).startsWith("KIT-2014 etc/connectors/shop.yaml, line 4: setting 'password' is a secret"));
    Files.setPosixFilePermissions(folder.resolve("shop.yaml"), PosixFilePermissions.fromString("rw-------"));
    assertEquals(List.of(), check("  password: abc\n").notes());
  }

  /** A run costs the source something: it is due when the rows may come out differently, and not otherwise. */
  @Test
  void theFingerprintChangesWithTheMeaningOnly() throws IOException {
    String before = check("  limit: 8\n  more: {a: 1, b: 2}\ntables: {orders: , items: {min_ratio: 0.5}}\n").fingerprint();
    for (String same : List.of(
        "  more: {b: 2, a: 1}   # a comment\n  limit: 8\ntables: {items: {min_ratio: 0.5}, orders: {}}\n",
        "  limit: 8\n  more: {a: 1, b: 2}\n  password: abc\ntables: {orders: , items: {min_ratio: 0.5}}\nschedule: every 15m\n",
        "  limit: 8\n  more: {a: 1, b: 2}\n  password: xyz\ntables: {orders: , items: {min_ratio: 0.5}}\nschedule: hourly\n")) {
      assertEquals(before, check(same).fingerprint(), same);
    }
    for (String other : List.of(
        "  limit: 9\n  more: {a: 1, b: 2}\ntables: {orders: , items: {min_ratio: 0.5}}\n",
        "  limit: 8\n  more: {a: 1, b: 3}\ntables: {orders: , items: {min_ratio: 0.5}}\n",
        "  limit: 8\n  more: {a: '1, b=2'}\ntables: {orders: , items: {min_ratio: 0.5}}\n",
        "  limit: 8\n  more: {a: 1, b: 2}\ntables: {orders: , items: {min_ratio: 0.6}}\n",
        "  limit: 8\n  more: {a: 1, b: 2}\ntables: {orders: }\n",
        "  limit: 8\n  more: {a: 1, b: 2}\n")) {
      assertNotEquals(before, check(other).fingerprint(), other);
    }
  }

  @Test
  void secretsComeFromFilesTooAndAreReadAnewEachTime() throws IOException {
    Path token = Files.writeString(folder.resolve("token"), " s3cret\r\n\n");
    Secrets secrets = new Secrets(Map.of("ACME_TOKEN_FILE", token.toString(), "ACME_TOKEN", ""));
    assertEquals(" s3cret", secrets.find("ACME_TOKEN").orElseThrow());
    Files.writeString(token, "rotated");
    assertEquals("rotated", secrets.find("ACME_TOKEN").orElseThrow());
    Files.delete(token);
    assertEquals(List.of("rotated", " s3cret"), secrets.given("ACME_TOKEN"), "messages are kept free of both");
    Files.writeString(token, "third");
    assertEquals("direct", new Secrets(Map.of("A_FILE", token.toString(), "A", "direct")).find("A").orElseThrow());
    assertTrue(new Secrets(Map.of("A", "")).find("A").isEmpty());
  }

  @Test
  void aFileThatHoldsNoSecretIsNamedWithTheReasonAndOnlyHeldAgainstItself() throws IOException {
    Path gone = folder.resolve("gone");
    assertTrue(unusable(gone).contains("cannot be read as text (NoSuchFileException)"));
    assertTrue(unusable(folder).contains("is a folder or a device; name a file"));
    assertTrue(unusable(Files.writeString(gone, "\n")).contains("is empty"));
    assertTrue(unusable(Files.write(gone, new byte[] {(byte) 0xff})).contains("cannot be read as text (MalformedInputException)"));
    assertTrue(unusable(Files.writeString(gone, "x".repeat(70_000))).contains("larger than 64 KiB"));
    Files.delete(gone);
    List<String> problems = check("connector: acme\nconfig: {limit: x}\n", Map.of("ACME_TOKEN_FILE", gone.toString())).problems();
    assertEquals(3, problems.size(), problems.toString());
    assertTrue(problems.toString().contains("KIT-2005 etc/connectors/shop.yaml: secret ACME_TOKEN: the file '"), problems.toString());
  }

  private static String unusable(Path file) {
    return assertThrows(KitException.class, () -> new Secrets(Map.of("A_FILE", file.toString())).find("A")).getMessage();
  }
}
