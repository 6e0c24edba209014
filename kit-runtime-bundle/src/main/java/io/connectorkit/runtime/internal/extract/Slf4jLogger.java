package io.connectorkit.runtime.internal.extract;

import java.text.MessageFormat;
import java.util.ResourceBundle;
import org.slf4j.Logger;

/** The JDK's logger interface, which connectors see, on the host's log. */
record Slf4jLogger(Logger log) implements System.Logger {

  @Override
  public String getName() {
    return log.getName();
  }

  @Override
  public boolean isLoggable(Level level) {
    return switch (level) {
      case OFF -> false;
      case ALL, TRACE -> log.isTraceEnabled();
      case DEBUG -> log.isDebugEnabled();
      case INFO -> log.isInfoEnabled();
      case WARNING -> log.isWarnEnabled();
      case ERROR -> log.isErrorEnabled();
    };
  }

  @Override
  public void log(Level level, ResourceBundle bundle, String message, Throwable thrown) {
    switch (level) {
      case OFF -> { }
      case ALL, TRACE -> log.trace(message, thrown);
      case DEBUG -> log.debug(message, thrown);
      case INFO -> log.info(message, thrown);
      case WARNING -> log.warn(message, thrown);
      case ERROR -> log.error(message, thrown);
    }
  }

  @Override
  public void log(Level level, ResourceBundle bundle, String format, Object... arguments) {
    if (isLoggable(level)) {
      log(level, bundle, arguments == null || arguments.length == 0 ? format : MessageFormat.format(format, arguments), (Throwable) null);
    }
  }
}
