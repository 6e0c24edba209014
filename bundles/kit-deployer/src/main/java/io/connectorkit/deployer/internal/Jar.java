package io.connectorkit.deployer.internal;

import java.nio.file.Path;
import org.osgi.framework.Version;

/**
 * A jar that has passed the gate.
 *
 * @param file its name in the deploy folder
 * @param symbolicName of the bundle
 * @param sha256 of its content, in hex
 * @param copy the host's own copy, which nobody changes any more
 */
record Jar(String file, String symbolicName, Version version, String sha256, Path copy) {

  boolean sameContent(Jar other) {
    return other != null && sha256.equals(other.sha256);
  }

  /** The same content under another name. */
  Jar named(String name) {
    return new Jar(name, symbolicName, version, sha256, copy);
  }

  @Override
  public String toString() {
    return symbolicName + " " + version;
  }
}
