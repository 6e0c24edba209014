package io.connectorkit.launcher;

import java.nio.file.Path;

/** Tells the logging library where its configuration is. Must happen before the first logger is made. */
final class Logging {

  private Logging() {}

  static void configure(HostFolders folders, HostMode mode) {
    Path file = folders.etc().resolve("logback.xml");
    setUnlessGiven("logback.configurationFile", file.toUri().toString());
    setUnlessGiven("kit.log.folder", folders.log().toString());
    // Two processes must not roll the same file over.
    setUnlessGiven("kit.log.name", mode == HostMode.GATEWAY ? "kit" : "kit-job");
    setUnlessGiven("kit.log.console", mode == HostMode.GATEWAY ? "INFO" : "WARN");
  }

  private static void setUnlessGiven(String key, String value) {
    if (System.getProperty(key) == null) {
      System.setProperty(key, value);
    }
  }
}
