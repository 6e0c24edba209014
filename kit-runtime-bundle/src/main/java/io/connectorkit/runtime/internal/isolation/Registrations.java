package io.connectorkit.runtime.internal.isolation;

import java.security.Provider;
import java.security.Security;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.ResourceBundle;
import java.util.logging.Handler;
import java.util.logging.LogManager;
import java.util.logging.Logger;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.MBeanServerFactory;
import javax.management.ObjectName;

/** What a connector has registered with the whole JVM. */
final class Registrations {

  private Registrations() {}

  /** Undoes all of them that it finds; tells which. */
  static List<String> undo(ConnectorLoader loader) {
    List<String> found = new ArrayList<>(JdbcDrivers.deregister(loader));
    removeShutdownHooks(loader, found);
    unregisterMBeans(loader, found);
    removeLogHandlers(loader, found);
    removeProviders(loader, found);
    Thread.UncaughtExceptionHandler handler = Thread.getDefaultUncaughtExceptionHandler();
    if (loader.made(handler)) {
      Thread.setDefaultUncaughtExceptionHandler(null);
      found.add("default uncaught exception handler " + handler.getClass().getName() + " (removed)");
    }
    // A cache, nothing that anybody left.
    ResourceBundle.clearCache(loader.loader());
    return found;
  }

  /** They are not run: their connector has been told to stop, and its host may go on for months. */
  private static void removeShutdownHooks(ConnectorLoader loader, List<String> found) {
    for (Thread hook : shutdownHooks()) {
      if (ConnectorThread.of(hook, loader).filter(each -> each.kind() == ConnectorThread.Kind.OWN).isPresent() && removed(hook)) {
        found.add("shutdown hook '" + hook.getName() + "' (removed, not run)");
      }
    }
  }

  private static List<Thread> shutdownHooks() {
    Object hooks = Inside.of("java.lang.ApplicationShutdownHooks", "hooks");
    if (!(hooks instanceof Map<?, ?> map)) {
      return List.of();
    }
    try {
      // The lock under which the platform itself changes them.
      synchronized (Class.forName("java.lang.ApplicationShutdownHooks")) {
        return map.keySet().stream().map(Thread.class::cast).toList();
      }
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
  }

  private static boolean removed(Thread hook) {
    try {
      return Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The process is ending; the hook runs now.
      return false;
    }
  }

  /** Of the servers that somebody has made: none is made to look into it. */
  private static void unregisterMBeans(ConnectorLoader loader, List<String> found) {
    for (MBeanServer server : MBeanServerFactory.findMBeanServer(null)) {
      for (ObjectName name : server.queryNames(null, null)) {
        try {
          if (loader.covers(server.getClassLoaderFor(name))) {
            server.unregisterMBean(name);
            found.add("MBean " + name + " (unregistered)");
          }
        } catch (InstanceNotFoundException e) {
          // Gone meanwhile.
          continue;
        } catch (JMException | RuntimeException e) {
          found.add("MBean " + name + " (still registered: " + e.getMessage() + ")");
        }
      }
    }
  }

  private static void removeLogHandlers(ConnectorLoader loader, List<String> found) {
    for (String name : Collections.list(LogManager.getLogManager().getLoggerNames())) {
      Logger logger = LogManager.getLogManager().getLogger(name);
      if (logger != null) {
        for (Handler handler : logger.getHandlers()) {
          if (loader.made(handler)) {
            logger.removeHandler(handler);
            found.add("log handler " + handler.getClass().getName() + " of '" + name + "' (removed)");
          }
        }
        if (loader.made(logger.getFilter())) {
          logger.setFilter(null);
          found.add("log filter of '" + name + "' (removed)");
        }
      }
    }
  }

  private static void removeProviders(ConnectorLoader loader, List<String> found) {
    for (Provider provider : Security.getProviders()) {
      if (loader.made(provider)) {
        Security.removeProvider(provider.getName());
        found.add("security provider " + provider.getName() + " (removed)");
      }
    }
  }
}
