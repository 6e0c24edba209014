package io.connectorkit.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** Jars with nothing but a manifest. */
final class Jars {

  private Jars() {}

  static Path connector(Path file, String bundle, String version, String connector) throws IOException {
    Manifest manifest = new Manifest();
    Attributes attributes = manifest.getMainAttributes();
    attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    attributes.putValue("Bundle-SymbolicName", bundle + ";singleton:=true");
    attributes.putValue("Bundle-Version", version);
    attributes.putValue("Provide-Capability", "osgi.service;objectClass:List<String>=\"a,b\",connectorkit.connector;"
        + "capabilities:List<String>=\"discover,read\";connectorkit.connector=" + connector + ";version:Version=\"1.0.0\"");
    new JarOutputStream(Files.newOutputStream(file), manifest).close();
    return file;
  }
}
