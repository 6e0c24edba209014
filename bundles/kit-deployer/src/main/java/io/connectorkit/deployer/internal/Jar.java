package io.connectorkit.deployer.internal;

import io.connectorkit.deployer.internal.gate.CheckedJar;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.osgi.framework.Version;

/**
 * A jar that has passed the gate.
 *
 * @param file its name in the deploy folder
 * @param symbolicName of the bundle
 * @param sha256 of its content, in hex
 * @param copy the host's own copy, which nobody changes any more
 * @param note what else the gate has to say, such as who signed it; may be empty
 */
record Jar(String file, String symbolicName, Version version, String sha256, Path copy, String note) {

  static Jar of(String file, CheckedJar checked, Path copy) {
    Stream<String> signed = checked.publisher().isEmpty() ? Stream.empty() : Stream.of("signed by " + checked.publisher());
    return new Jar(file, checked.symbolicName(), checked.version(), checked.sha256(), copy,
        Stream.concat(signed, checked.notes().stream()).collect(Collectors.joining("; ")));
  }

  boolean sameContent(Jar other) {
    return other != null && sha256.equals(other.sha256);
  }

  /** The same content under another name. */
  Jar named(String name) {
    return new Jar(name, symbolicName, version, sha256, copy, note);
  }

  @Override
  public String toString() {
    return symbolicName + " " + version;
  }
}
