package io.connectorkit.itests.product;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.connectorkit.itests.support.ConnectorJar;
import io.connectorkit.itests.support.Folders;
import io.connectorkit.itests.support.FullOnly;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** What a publisher does with a jar before anybody deploys it: verify, sign, verify again (I1). */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ShippingSmokeIT {

  private static final KitProcess KIT = KitProcess.of(ShippingSmokeIT.class).with("ACME_PASSWORD", "password");
  private static final Path JAR = KIT.product().resolveSibling("acme.jar");
  private static final Path KEYS = KIT.product().resolveSibling("keys.p12");

  @BeforeAll
  static void makeAJarAndAKey() throws Exception {
    ConnectorJar.of("acme", "1.2.0").writeTo(JAR);
    keytool("-genkeypair", "-keyalg", "EC", "-dname", "CN=Acme, O=Acme");
  }

  @AfterAll
  static void endTheProcesses() {
    KIT.close();
  }

  private static void keytool(String... options) throws Exception {
    List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
        "-keystore", KEYS.toString(), "-storepass", "password", "-alias", "acme"));
    command.addAll(List.of(options));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), output);
  }

  @Test
  @Order(1)
  void aGoodJarIsDescribedAndNothingIsDeployed() {
    ConnectorJar.of("other", "1.0.0").writeTo(KIT.deploy("other.jar"));
    String text = KIT.kit("connector", "verify", JAR.toString()).ok();
    for (String word : List.of("acme 1.2.0", "discover, read", "itests.acme 1.2.0", "connectorkit.runtime >= 1.0.0 and < 2.0.0", "not signed",
        "io.connectorkit.itests.scripted")) {
      assertTrue(text.contains(word), text);
    }
    JsonNode report = KIT.kit("connector", "verify", JAR.toString(), "--json").json();
    assertEquals(List.of(true, "acme", "NONE"), List.of(report.path("ok").asBoolean(), report.path("connector").asText(),
        report.path("signature").asText()), report.toString());
    assertFalse(Files.exists(KIT.home().resolve("data/bundles")), "nothing was copied, not even what lies in deploy/");
    assertEquals(List.of("other.jar"), Folders.list(KIT.home().resolve("deploy")).stream().map(file -> file.getFileName().toString())
        .filter(name -> name.endsWith(".jar")).toList());
  }

  @Test
  @Order(2)
  void aBadJarIsRefusedInTheWordsOfTheDeployFolder() {
    Path bad = ConnectorJar.of("acme", "1.0.0").requires("(&(version>=2.0.0)(!(version>=3.0.0)))").writeTo(JAR.resolveSibling("bad.jar"));
    KitProcess.Result refused = KIT.kit("connector", "verify", bad.toString(), "--json");
    assertEquals(1, refused.exit());
    String said = refused.json().path("error").asText();
    assertTrue(said.startsWith("KIT-1027 bad.jar: it needs a host of API version >= 2.0.0 and < 3.0.0; this host has 1."), said);
    KitProcess.Result deployed = KIT.kit("deploy", bad.toString());
    assertEquals(1, deployed.exit());
    assertTrue(deployed.err().contains(said), deployed.err());
    KIT.kit("undeploy", "bad.jar");
  }

  @FullOnly
  @Test
  @Order(3)
  void aSignedJarIsLetInWhereASignatureIsRequired() throws Exception {
    Folders.write(KIT.home().resolve("etc/io.connectorkit.deployer.cfg"), "require.signed = true\n");
    keytool("-exportcert", "-rfc", "-file", KIT.home().resolve("etc/trust/acme.pem").toString());
    KitProcess.Result unsigned = KIT.kit("connector", "verify", JAR.toString());
    assertEquals(1, unsigned.exit());
    assertTrue(unsigned.err().startsWith("KIT-1032 acme.jar: only signed jars are let in here"), unsigned.err());
    KIT.kit("connector", "sign", JAR.toString(), "--keystore", KEYS.toString(), "--alias", "acme", "--storepass-env", "ACME_PASSWORD").ok();
    assertTrue(KIT.kit("connector", "verify", JAR.toString()).ok().contains("signed by Acme"));
    KIT.kit("start").ok();
    JsonNode report = KIT.kit("connector", "verify", JAR.toString(), "--json").json();
    assertEquals(List.of("TRUSTED", "Acme"), List.of(report.path("signature").asText(), report.path("publisher").asText()), report.toString());
    KitProcess.Result deployed = KIT.kit("deploy", JAR.toString());
    assertTrue(deployed.exit() == 0 && deployed.err().contains("signed by Acme"), deployed.err());
    KIT.kit("stop").ok();
  }
}
