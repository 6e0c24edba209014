package io.connectorkit.runtime.internal.extract;

import io.connectorkit.runtime.internal.config.Confidential;
import io.connectorkit.runtime.internal.registry.Instance;
import java.text.MessageFormat;
import java.util.ResourceBundle;
import org.slf4j.Logger;

/** The JDK's logger interface, which connectors see, on the host's log: what they keep secret stays out of it. */
record Slf4jLogger(Logger log, Instance instance) implements System.Logger {

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
    if (!isLoggable(level)) {
      return;
    }
    String text = Confidential.masked(String.valueOf(message), instance.doubtful());
    Throwable failure = Retold.of(thrown, instance);
    switch (level) {
      case OFF -> { }
      case ALL, TRACE -> log.trace(text, failure);
      case DEBUG -> log.debug(text, failure);
      case INFO -> log.info(text, failure);
      case WARNING -> log.warn(text, failure);
      case ERROR -> log.error(text, failure);
    }
  }

  @Override
  public void log(Level level, ResourceBundle bundle, String format, Object... arguments) {
    if (isLoggable(level)) {
      log(level, bundle, arguments == null || arguments.length == 0 ? format : MessageFormat.format(format, arguments), (Throwable) null);
    }
  }
}
