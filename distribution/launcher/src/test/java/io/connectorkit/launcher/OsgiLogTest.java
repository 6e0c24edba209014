package io.connectorkit.launcher;

import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.BundleContext;
import org.osgi.service.log.FormatterLogger;
import org.osgi.service.log.LogService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

class OsgiLogTest {

  @TempDir
  Path folder;

  @Test
  void writesWhatBundlesReportToTheHostsLog() throws IOException {
    try (HostProcess host = HostProcess.start(Product.in(folder).folders(), HostMode.GATEWAY)) {
      ListAppender<ILoggingEvent> seen = new ListAppender<>();
      seen.start();
      ((LoggerContext) LoggerFactory.getILoggerFactory()).getLogger(Logger.ROOT_LOGGER_NAME).addAppender(seen);
      say(host.context());
      String all = String.join("\n", seen.list.stream()
          .map(event -> event.getLevel() + " " + event.getLoggerName() + ": " + event.getFormattedMessage()
              + (event.getThrowableProxy() == null ? "" : " with its trace")).toList());
      assertTrue(all.contains("ERROR org.apache.felix.framework: old style: java.io.IOException: boom"), all);
      assertTrue(all.contains("WARN some.name: 1 of 2: java.io.IOException: bang"), all);
      assertTrue(all.contains("INFO " + OsgiLogTest.class.getName() + ": 42 %"), all);
    }
  }

  @SuppressWarnings("deprecation")
  private static void say(BundleContext context) {
    LogService log = context.getService(context.getServiceReference(LogService.class));
    log.log(LogService.LOG_ERROR, "old style", new IOException("boom"));
    log.getLogger("some.name").warn("{} of {}", 1, 2, new IOException("bang"));
    log.getLogger(OsgiLogTest.class, FormatterLogger.class).audit("%d %%", 42);
    assertTrue(log.getLogger("some.name").isErrorEnabled());
  }
}
