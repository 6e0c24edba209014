package io.connectorkit.launcher;

import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has the logging library read its configuration, on a thread of its own: that takes as long as installing all bundles, and nothing is
 * logged meanwhile unless something is wrong.
 */
final class Logging {

  private final CompletableFuture<Void> ready;

  private Logging(CompletableFuture<Void> ready) {
    this.ready = ready;
  }

  /** Begins. Must happen before anybody asks for a logger elsewhere. */
  static Logging begin(HostFolders folders, HostMode mode) {
    Path file = folders.etc().resolve("logback.xml");
    setUnlessGiven("logback.configurationFile", file.toUri().toString());
    setUnlessGiven("kit.log.folder", folders.log().toString());
    // Two processes must not roll the same file over.
    setUnlessGiven("kit.log.name", mode == HostMode.GATEWAY ? "kit" : "kit-job");
    setUnlessGiven("kit.log.console", mode == HostMode.GATEWAY ? "INFO" : "WARN");
    return new Logging(CompletableFuture.runAsync(() -> LoggerFactory.getLogger(Logging.class), work -> new Thread(work, "kit-logging").start()));
  }

  /** A logger, once there can be one. */
  Logger logger(String name) {
    ready.join();
    return LoggerFactory.getLogger(name);
  }

  private static void setUnlessGiven(String key, String value) {
    if (System.getProperty(key) == null) {
      System.setProperty(key, value);
    }
  }
}
