package io.connectorkit.runtime.internal.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.connectorkit.host.KitException;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.osgi.framework.Version;

/** A14, I2, I4: header and YAML say the same, or the bundle is refused. */
class DeclarationCheckTest {

  private static final String YAML = "name: acme\nversion: \"1.0.0\"\ncapabilities: [discover, read]\n";

  private final DeclarationCheck declarations = new DeclarationCheck();

  private static Map<String, Object> header(String name, String version, String... capabilities) {
    return Map.of("connectorkit.connector", name, "version", Version.parseVersion(version), "capabilities", List.of(capabilities));
  }

  private String check(String yaml, List<Map<String, Object>> capabilities) {
    return declarations.check("acme.x 1.0.0", capabilities, new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8)));
  }

  private String refusal(String yaml, List<Map<String, Object>> capabilities) {
    return assertThrows(KitException.class, () -> check(yaml, capabilities)).getMessage();
  }

  @Test
  void whatAgreesPassesWhateverTheOrderOfTheCapabilities() {
    assertEquals("acme", check(YAML, List.of(header("acme", "1.0", "read", "discover"))));
  }

  @Test
  void eachDifferenceIsNamedWithBothValues() {
    assertEquals("KIT-1012 bundle acme.x 1.0.0: name is other in the manifest and acme in META-INF/connector.yaml; make them agree",
        refusal(YAML, List.of(header("other", "1.0.0", "discover", "read"))));
    assertTrue(refusal(YAML, List.of(header("acme", "1.0.1", "discover", "read"))).contains("version is 1.0.1 in the manifest and 1.0.0"));
    String lists = refusal(YAML, List.of(header("acme", "1.0.0", "read")));
    assertTrue(lists.contains("[read] in the manifest and [discover, read]"), lists);
  }

  @Test
  void oneConnectorWithAUsableNameAndAYamlIsRequired() {
    Map<String, Object> header = header("acme", "1.0.0", "discover", "read");
    assertTrue(refusal(YAML, List.of(header, header)).startsWith("KIT-1010 bundle acme.x 1.0.0 provides 2 connectors"));
    assertTrue(refusal(YAML, List.of(header("select", "1.0.0", "read"))).startsWith("KIT-1011"));
    assertTrue(refusal("name: [", List.of(header)).startsWith("KIT-2001"));
    assertTrue(refusal("name: acme", List.of(header)).startsWith("KIT-2002"));
    assertTrue(assertThrows(KitException.class, () -> declarations.check("acme.x 1.0.0", List.of(header), null)).getMessage()
        .startsWith("KIT-1010 bundle acme.x 1.0.0 has no META-INF/connector.yaml"));
  }
}
