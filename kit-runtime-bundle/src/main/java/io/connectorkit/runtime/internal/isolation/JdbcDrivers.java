package io.connectorkit.runtime.internal.isolation;

import java.util.ArrayList;
import java.util.List;

/** Takes a connector's drivers out of java.sql.DriverManager, which shows drivers to their own class loader only. */
final class JdbcDrivers {

  private JdbcDrivers() {}

  /** Without the action that the driver may have registered for this: no code of a stopped connector is run. */
  static List<String> deregister(ConnectorLoader loader) {
    List<String> found = new ArrayList<>();
    if (Inside.of("java.sql.DriverManager", "registeredDrivers") instanceof List<?> drivers) {
      for (Object entry : drivers) {
        Object driver = Inside.of(entry, "driver");
        if (loader.made(driver) && drivers.remove(entry)) {
          found.add("JDBC driver " + driver.getClass().getName() + " (deregistered)");
        }
      }
    }
    return found;
  }
}
