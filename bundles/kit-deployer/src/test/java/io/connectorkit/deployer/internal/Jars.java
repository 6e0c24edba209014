package io.connectorkit.deployer.internal;

import java.nio.file.Path;
import org.osgi.framework.Version;

/** Jars that exist by name only. */
final class Jars {

  private Jars() {}

  /** One of the bundle "acme", whose content is that of no other version. */
  static Jar of(String file, String version) {
    return of(file, version, "sha-of-" + version);
  }

  static Jar of(String file, String version, String sha256) {
    return new Jar(file, "acme", Version.parseVersion(version), sha256, Path.of(sha256 + ".jar"), "");
  }
}
