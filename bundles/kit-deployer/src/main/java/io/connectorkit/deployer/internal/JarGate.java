package io.connectorkit.deployer.internal;

import io.connectorkit.host.KitException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.regex.Pattern;

/**
 * What the gate finds in a jar that it lets through.
 *
 * @param symbolicName without directives
 * @param version as written; empty if there is none
 * @param sha256 of the file, in hex
 */
record JarGate(String symbolicName, String version, String sha256) {

  private static final Pattern CONNECTOR = Pattern.compile("(^|,)\\s*connectorkit\\.connector\\s*(;|,|$)");

  /** A file that may be half copied; final once it has lain still for long enough. */
  static final class Incomplete extends Exception {

    private static final long serialVersionUID = 1L;

    Incomplete(String message) {
      super(message);
    }
  }

  /**
   * Checks a file.
   *
   * @throws KitException KIT-1001 to KIT-1005 if it is no connector bundle
   * @throws Incomplete if it cannot be read as a jar yet
   */
  static JarGate check(Path file) throws Incomplete {
    return check(file.getFileName().toString(), file);
  }

  static void requireFile(Path file) {
    String name = file.getFileName().toString();
    if (Files.isDirectory(file)) {
      throw new KitException("KIT-1001", name + " is a folder; put a connector bundle (one .jar file) here");
    }
    if (!name.endsWith(".jar")) {
      throw new KitException("KIT-1002", name + " is not a .jar; only connector bundles belong here");
    }
  }

  static JarGate check(String name, Path file) throws Incomplete {
    if (Files.isDirectory(file)) {
      throw new KitException("KIT-1001", name + " is a folder; put a connector bundle (one .jar file) here");
    }
    if (!name.endsWith(".jar")) {
      throw new KitException("KIT-1002", name + " is not a .jar; only connector bundles belong here");
    }
    try {
      if (Files.size(file) == 0) {
        throw new Incomplete("KIT-1003 " + name + " is empty; copy it again");
      }
      return read(name, file);
    } catch (IOException e) {
      throw new Incomplete("KIT-1003 " + name + " is not a complete jar (" + e.getMessage() + "); copy it again");
    }
  }

  private static JarGate read(String name, Path file) throws IOException {
    Attributes headers;
    try (JarFile jar = new JarFile(file.toFile())) {
      Manifest manifest = jar.getManifest();
      headers = manifest == null ? new Attributes() : manifest.getMainAttributes();
    }
    String symbolicName = headers.getValue("Bundle-SymbolicName");
    if (symbolicName == null) {
      throw new KitException("KIT-1004", name + " is no OSGi bundle: its manifest has no Bundle-SymbolicName; build it with bnd");
    }
    String provided = headers.getValue("Provide-Capability");
    if (provided == null || !CONNECTOR.matcher(provided).find()) {
      throw new KitException("KIT-1005", name + " is a bundle but no connector: it does not provide the capability connectorkit.connector;"
          + " annotate the connector class with @ConnectorBundle");
    }
    String version = headers.getValue("Bundle-Version");
    return new JarGate(symbolicName.replaceFirst(";.*", "").strip(), version == null ? "" : version, sha256(file));
  }

  private static String sha256(Path file) throws IOException {
    try (InputStream stream = new DigestInputStream(Files.newInputStream(file), MessageDigest.getInstance("SHA-256"))) {
      stream.transferTo(java.io.OutputStream.nullOutputStream());
      return HexFormat.of().formatHex(((DigestInputStream) stream).getMessageDigest().digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
