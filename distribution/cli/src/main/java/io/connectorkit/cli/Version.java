package io.connectorkit.cli;

import java.util.Objects;
import picocli.CommandLine.IVersionProvider;

/** The version in the jar's manifest. */
final class Version implements IVersionProvider {

  Version() {}

  @Override
  public String[] getVersion() {
    String version = Objects.requireNonNullElse(Version.class.getPackage().getImplementationVersion(), "(unpacked)");
    return new String[] {"Connector Kit " + version, "Java " + System.getProperty("java.version")};
  }
}
