package io.connectorkit.deployer.internal.gate;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.jar.JarOutputStream;
import java.util.zip.ZipEntry;

/** A connector's jar that is right in every part, until a test replaces one. */
final class TestJar {

  static final String YAML = "name: acme\nversion: \"1.0.0\"\ncapabilities: [discover, read]\n";

  private final Map<String, String> headers = new LinkedHashMap<>();
  private final Map<String, byte[]> entries = new LinkedHashMap<>();

  TestJar() {
    header("Manifest-Version", "1.0");
    header("Bundle-ManifestVersion", "2");
    header("Bundle-SymbolicName", "com.acme.connector; singleton:=true");
    header("Bundle-Version", "1.2.3");
    header("Import-Package", "io.connectorkit.api;version=\"[1.0,2)\",org.apache.arrow.vector;version=\"[19,20)\"");
    header("Provide-Capability", "osgi.service;objectClass:List<String>=\"io.connectorkit.api.Connector\",connectorkit.connector;"
        + "connectorkit.connector=\"acme\";version:Version=\"1.0.0\";capabilities:List<String>=\"discover,read\"");
    header("Require-Capability", "osgi.extender;filter:=\"(osgi.extender=osgi.component)\",connectorkit.runtime;"
        + "filter:=\"(&(version>=1.0.0)(!(version>=2.0.0)))\"");
    entry("META-INF/connector.yaml", YAML);
    classFile("com/acme/AcmeConnector.class", 17);
  }

  static TestJar library() {
    TestJar jar = new TestJar();
    jar.headers.keySet().retainAll(Set.of("Manifest-Version"));
    jar.entries.clear();
    return jar;
  }

  TestJar header(String name, String value) {
    headers.put(name, value);
    return this;
  }

  TestJar without(String name) {
    headers.remove(name);
    entries.remove(name);
    return this;
  }

  TestJar entry(String name, String text) {
    return entry(name, text.getBytes(StandardCharsets.UTF_8));
  }

  TestJar entry(String name, byte[] content) {
    entries.put(name, content);
    return this;
  }

  /** As much of a class as the gate looks at. */
  TestJar classFile(String name, int java) {
    return entry(name, new byte[] {(byte) 0xCA, (byte) 0xFE, (byte) 0xBA, (byte) 0xBE, 0, 0, 0, (byte) (44 + java), 0, 0});
  }

  byte[] bytes() throws IOException {
    StringBuilder manifest = new StringBuilder();
    headers.forEach((name, value) -> manifest.append((name + ": " + value).replaceAll("(.{60})", "$1\r\n ")).append("\r\n"));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JarOutputStream jar = new JarOutputStream(bytes)) {
      add(jar, "META-INF/MANIFEST.MF", (manifest + "\r\n").getBytes(StandardCharsets.UTF_8));
      for (var entry : entries.entrySet()) {
        add(jar, entry.getKey(), entry.getValue());
      }
    }
    return bytes.toByteArray();
  }

  private static void add(JarOutputStream jar, String name, byte[] content) throws IOException {
    jar.putNextEntry(new ZipEntry(name));
    jar.write(content);
    jar.closeEntry();
  }

  Path writeTo(Path file) throws IOException {
    return Files.write(file, bytes());
  }
}
