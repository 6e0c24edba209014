package io.connectorkit.launcher;

import org.apache.felix.framework.Logger;
import org.osgi.framework.Bundle;
import org.osgi.framework.ServiceReference;

/** Takes what the framework says to the log: left alone it would write to standard output, where results of commands go. */
final class FrameworkLog extends Logger {

  private final Logging logging;

  FrameworkLog(Logging logging) {
    this.logging = logging;
  }

  @Override
  protected void doLog(Bundle bundle, ServiceReference reference, int level, String message, Throwable cause) {
    doLog(level, bundle == null ? message : bundle.getSymbolicName() + ": " + message, cause);
  }

  @Override
  protected void doLog(int level, String message, Throwable cause) {
    org.slf4j.Logger log = logging.logger("org.apache.felix.framework");
    switch (level) {
      case LOG_ERROR -> log.error(message, cause);
      case LOG_WARNING -> log.warn(message, cause);
      case LOG_INFO -> log.info(message, cause);
      default -> log.debug(message, cause);
    }
  }
}
