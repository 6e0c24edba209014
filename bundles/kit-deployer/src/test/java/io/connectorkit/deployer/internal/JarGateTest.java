package io.connectorkit.deployer.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.connectorkit.host.KitException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JarGateTest {

  @TempDir
  private Path folder;

  private Path jar(String name, Map<String, String> headers) throws Exception {
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    headers.forEach(manifest.getMainAttributes()::putValue);
    Path file = folder.resolve(name);
    try (OutputStream stream = Files.newOutputStream(file); JarOutputStream jar = new JarOutputStream(stream, manifest)) {
      jar.finish();
    }
    return file;
  }

  private static String refusal(Path file) {
    return assertThrows(KitException.class, () -> JarGate.check(file)).getMessage();
  }

  @Test
  void aConnectorBundlePasses() throws Exception {
    JarGate jar = JarGate.check(jar("x.jar", Map.of("Bundle-SymbolicName", "acme.x; singleton:=true", "Bundle-Version", "1.2.3",
        "Provide-Capability", "osgi.service;objectClass=\"a\",connectorkit.connector;connectorkit.connector=x")));
    assertEquals("acme.x", jar.symbolicName());
    assertEquals("1.2.3", jar.version());
    assertEquals(64, jar.sha256().length());
  }

  @Test
  void whatIsNoConnectorBundleIsRefusedWithItsReason() throws Exception {
    assertTrue(refusal(Files.createDirectory(folder.resolve("d.jar"))).startsWith("KIT-1001 d.jar is a folder"));
    assertTrue(refusal(Files.writeString(folder.resolve("notes.txt"), "x")).startsWith("KIT-1002"));
    assertTrue(refusal(jar("plain.jar", Map.of())).startsWith("KIT-1004"));
    assertTrue(refusal(jar("lib.jar", Map.of("Bundle-SymbolicName", "lib", "Provide-Capability", "my.connectorkit.connector;x=1")))
        .startsWith("KIT-1005"));
  }

  @Test
  void aFileThatIsNotAllThereMayStillCome() throws Exception {
    assertThrows(JarGate.Incomplete.class, () -> JarGate.check(Files.createFile(folder.resolve("empty.jar"))));
    Path whole = jar("whole.jar", Map.of("Bundle-SymbolicName", "x"));
    byte[] bytes = Files.readAllBytes(whole);
    Path half = Files.write(folder.resolve("half.jar"), java.util.Arrays.copyOf(bytes, bytes.length / 2));
    assertThrows(JarGate.Incomplete.class, () -> JarGate.check(half));
  }
}
