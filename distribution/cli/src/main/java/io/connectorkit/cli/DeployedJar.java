package io.connectorkit.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A connector's jar as its manifest describes it; what the manifest does not say is empty.
 *
 * @param file file name
 * @param bundle symbolic name
 * @param version bundle version
 * @param connector name of the connector that it provides
 */
record DeployedJar(String file, String bundle, String version, String connector) {

  private static final Pattern CONNECTOR = Pattern.compile("connectorkit\\.connector(?::String)?=\"?([^\";,]+)");

  static DeployedJar read(Path path) {
    String file = path.getFileName().toString();
    try (JarFile jar = new JarFile(path.toFile())) {
      Manifest manifest = jar.getManifest();
      Attributes headers = manifest == null ? new Attributes() : manifest.getMainAttributes();
      Matcher connector = CONNECTOR.matcher(header(headers, "Provide-Capability"));
      String bundle = header(headers, "Bundle-SymbolicName").replaceFirst(";.*", "").strip();
      return new DeployedJar(file, bundle, header(headers, "Bundle-Version"), connector.find() ? connector.group(1) : "");
    } catch (IOException noJar) {
      return new DeployedJar(file, "", "", "");
    }
  }

  private static String header(Attributes headers, String name) {
    String value = headers.getValue(name);
    return value == null ? "" : value;
  }

  boolean isCalled(String name) {
    return name.equals(file) || file.equals(name + ".jar") || name.equals(bundle) || name.equals(connector);
  }
}
