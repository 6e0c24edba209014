package io.connectorkit.itests.support;

import io.connectorkit.itests.scripted.AttachingConnector;
import io.connectorkit.itests.scripted.Attachments;
import io.connectorkit.itests.scripted.CastGallery;
import io.connectorkit.itests.scripted.FileTable;
import io.connectorkit.itests.scripted.Gate;
import io.connectorkit.itests.scripted.Script;
import io.connectorkit.itests.scripted.ScriptedConnector;
import io.connectorkit.itests.scripted.ScriptedReader;
import io.connectorkit.itests.scripted.SlicedReader;
import io.connectorkit.itests.scripted.TextReader;
import io.connectorkit.itests.scripted.TypeGallery;
import io.connectorkit.itests.scripted.WritingConnector;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;

/**
 * A connector bundle around {@link ScriptedConnector}, made while a test runs: right in every part, until a test replaces one. Written by
 * hand rather than by bnd, so that it can be as wrong as bnd would not let it be.
 */
public final class ConnectorJar {

  /** The classes of a right one, the component first. */
  public static final List<Class<?>> SCRIPTED = List.of(ScriptedConnector.class, ScriptedReader.class, Script.class, Script.Table.class,
      Gate.class, TypeGallery.class, TypeGallery.Kind.class, CastGallery.class, SlicedReader.class, TextReader.class);

  private final Map<String, String> headers = new LinkedHashMap<>();
  private final Map<String, byte[]> entries = new LinkedHashMap<>();
  private final String name;
  private List<Class<?>> classes;

  private ConnectorJar(String name, String version) {
    header("Bundle-ManifestVersion", "2");
    header("Bundle-SymbolicName", "itests." + name);
    header("Bundle-Version", version);
    header("Import-Package", "io.connectorkit.api;version=\"[1,2)\",org.apache.arrow.memory;version=\"[19,20)\","
        + "org.apache.arrow.vector;version=\"[19,20)\",org.apache.arrow.vector.complex;version=\"[19,20)\","
        + "org.apache.arrow.vector.ipc;version=\"[19,20)\",org.apache.arrow.vector.dictionary;version=\"[19,20)\","
        + "org.apache.arrow.vector.types;version=\"[19,20)\",org.apache.arrow.vector.types.pojo;version=\"[19,20)\"");
    header("Provide-Capability", "osgi.service;objectClass:List<String>=\"io.connectorkit.api.Connector\",connectorkit.connector;"
        + "connectorkit.connector=\"" + name + "\";version:Version=\"" + version + "\";capabilities:List<String>=\"discover,read\"");
    requires("(&(version>=1.0.0)(!(version>=2.0.0)))");
    header("Service-Component", "OSGI-INF/connector.xml");
    this.name = name;
    implementation(SCRIPTED);
    yaml("""
        name: %s
        version: "%s"
        description: Does what a script says
        capabilities: [discover, read]
        config:
          script:
            type: string
            required: true
            description: file that says what to do
          note:
            type: string
            description: whatever makes the configuration another one
          password:
            type: string
            secret: true
            description: must not be shown
        """.formatted(name, version));
  }

  /** A right one. */
  public static ConnectorJar of(String name, String version) {
    return new ConnectorJar(name, version);
  }

  /** One around {@link WritingConnector}. */
  public static ConnectorJar writing(String version) {
    return writing("writing", version);
  }

  /** The same under another name. */
  public static ConnectorJar writing(String name, String version) {
    ConnectorJar jar = new ConnectorJar(name, version).implementation(List.of(WritingConnector.class, FileTable.class, Script.class,
        Script.Table.class, Gate.class));
    String read = "discover,read";
    return jar.header("Provide-Capability", jar.headers.get("Provide-Capability").replace(read, read + ",write"))
        .yaml(new String(jar.entries.get("META-INF/connector.yaml"), StandardCharsets.UTF_8).replace("[discover, read]", "[discover, read, write]"));
  }

  /** One around {@link AttachingConnector}, or another one with capabilities of its own. */
  public static ConnectorJar attaching(String name, String version, String capabilities, Class<?> connector) {
    ConnectorJar jar = new ConnectorJar(name, version).implementation(List.of(connector, Attachments.class, Script.class, Script.Table.class, Gate.class));
    return jar.header("Provide-Capability", jar.headers.get("Provide-Capability").replace("discover,read", capabilities)).yaml("""
        name: %s
        version: "%s"
        capabilities: [%s]
        auth:
          env_vars:
            - {name: PATH}
        config:
          script: {type: string, required: true}
          source: {type: string}
          password: {type: string, secret: true}
        """.formatted(name, version, capabilities));
  }

  /** Puts other classes into the bundle, the component first. */
  public ConnectorJar implementation(List<Class<?>> types) {
    classes = types;
    return entry("OSGI-INF/connector.xml", """
        <?xml version="1.0" encoding="UTF-8"?>
        <scr:component xmlns:scr="http://www.osgi.org/xmlns/scr/v1.4.0" name="%s" configuration-policy="ignore">
          <property name="connectorkit.name" type="String" value="%s"/>
          <service>
            <provide interface="io.connectorkit.api.Connector"/>
          </service>
          <implementation class="%s"/>
        </scr:component>
        """.formatted(name, name, types.get(0).getName()));
  }

  /** Leaves all code out, and what belongs to it: its declaration has to be enough. */
  public ConnectorJar withoutClasses() {
    classes = List.of();
    header("Provide-Capability", headers.get("Provide-Capability").replaceFirst("osgi\\.service[^,]*,", ""));
    header("Require-Capability", headers.get("Require-Capability").replaceFirst("osgi\\.extender.*?\",", ""));
    return without("Service-Component").without("Import-Package").without("OSGI-INF/connector.xml");
  }

  /** Replaces a header of the manifest. */
  public ConnectorJar header(String name, String value) {
    headers.put(name, value);
    return this;
  }

  /** Leaves a header or a file out. */
  public ConnectorJar without(String name) {
    headers.remove(name);
    entries.remove(name);
    return this;
  }

  /** Which versions of the host it runs on, as a filter. */
  public ConnectorJar requires(String filter) {
    return header("Require-Capability", "osgi.extender;filter:=\"(&(osgi.extender=osgi.component)(version>=1.4.0)(!(version>=2.0.0)))\","
        + "connectorkit.runtime;filter:=\"" + filter + "\"");
  }

  /** Imports one package more. */
  public ConnectorJar imports(String clause) {
    return header("Import-Package", headers.get("Import-Package") + "," + clause);
  }

  /** Replaces {@code connector.yaml}. */
  public ConnectorJar yaml(String text) {
    return entry("META-INF/connector.yaml", text);
  }

  /** Adds a file, or replaces one. */
  public ConnectorJar entry(String path, String text) {
    return entry(path, text.getBytes(StandardCharsets.UTF_8));
  }

  /** The same, with any bytes. */
  public ConnectorJar entry(String path, byte[] content) {
    entries.put(path, content);
    return this;
  }

  /** Puts a whole library into the bundle, for itself alone. */
  public ConnectorJar library(Path jar) {
    try {
      entries.put("lib.jar", Files.readAllBytes(jar));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return header("Bundle-ClassPath", ".,lib.jar");
  }

  /** Writes the jar aside and renames it, so that nobody sees half of it. */
  public Path writeTo(Path file) {
    Path aside = file.resolveSibling("." + file.getFileName() + ".new");
    try {
      Files.createDirectories(file.getParent());
      Files.write(aside, bytes());
      return Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  byte[] bytes() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JarOutputStream jar = new JarOutputStream(bytes, manifest())) {
      for (var entry : entries.entrySet()) {
        add(jar, entry.getKey(), entry.getValue());
      }
      for (Class<?> type : classes) {
        String path = type.getName().replace('.', '/') + ".class";
        try (InputStream code = ConnectorJar.class.getResourceAsStream("/" + path)) {
          add(jar, path, code.readAllBytes());
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private Manifest manifest() {
    Manifest manifest = new Manifest();
    Attributes attributes = manifest.getMainAttributes();
    attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    headers.forEach(attributes::putValue);
    return manifest;
  }

  private static void add(JarOutputStream jar, String path, byte[] content) throws IOException {
    jar.putNextEntry(new ZipEntry(path));
    jar.write(content);
    jar.closeEntry();
  }
}
