package io.connectorkit.connector.jdbc;

import io.connectorkit.api.ConnectorContext;
import io.connectorkit.api.ConnectorException;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.ServiceLoader;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.osgi.service.jdbc.DataSourceFactory;

/** The drivers that an instance may use: of jars in its folder, then of other bundles, then PostgreSQL's. */
record Drivers(ConnectorContext context, List<DataSourceFactory> factories) {

  private static final Pattern PASSWORD = Pattern.compile("(?i)[?&;](password|pwd)=|//[^/?#]*:[^/?#]*@|:thin:[^/@]+/[^@]+@");

  /** Drivers out of jars, with the class loader that they come from. */
  private record Library(URLClassLoader loader, List<Driver> drivers) implements AutoCloseable {

    static Library of(List<Path> jars) throws IOException {
      URL[] urls = new URL[jars.size()];
      for (int i = 0; i < urls.length; i++) {
        urls[i] = jars.get(i).toUri().toURL();
      }
      // Below the connector's own, so that the host finds what they leave behind.
      URLClassLoader loader = new URLClassLoader("jdbc-drivers", urls, Drivers.class.getClassLoader());
      return new Library(loader, ServiceLoader.load(Driver.class, loader).stream().map(ServiceLoader.Provider::get).toList());
    }

    @Override
    public void close() throws IOException {
      loader.close();
    }
  }

  Connection connect() {
    String url = context.settings().text("url");
    if (PASSWORD.matcher(url).find()) {
      throw ConnectorException.permanent("setting 'url' holds a password, which would be shown; set it as 'password' or in JDBC_PASSWORD", null);
    }
    Driver driver = driver(url);
    try {
      Connection connection = driver.connect(url, properties(driver));
      if (connection == null) {
        throw ConnectorException.permanent("driver " + driver.getClass().getName() + " takes setting 'url' and does not connect", null);
      }
      return connection;
    } catch (SQLException e) {
      throw Failures.of("no connection to the database", e);
    }
  }

  private Properties properties(Driver driver) {
    Properties properties = new Properties();
    if (driver instanceof org.postgresql.Driver) {
      properties.put("ApplicationName", "connector-kit");
      properties.put("tcpKeepAlive", "true");
      // The server finds out what a text is meant to be, such as a UUID.
      properties.put("stringtype", "unspecified");
    }
    context.settings().section("properties").values().forEach((name, value) -> properties.put(name, String.valueOf(value)));
    Optional<String> user = context.settings().find("user");
    user.ifPresent(name -> properties.put("user", name));
    // The variable is the same for all instances, and not meant for those without a user.
    context.settings().find("password").or(() -> user.flatMap(name -> context.secret("JDBC_PASSWORD")))
        .ifPresent(password -> properties.put("password", password));
    return properties;
  }

  private Driver driver(String url) {
    Path folder = context.folder().resolve("lib");
    try {
      List<Driver> drivers = new ArrayList<>(inJars(folder));
      for (DataSourceFactory factory : factories) {
        drivers.add(factory.createDriver(new Properties()));
      }
      drivers.add(postgres());
      for (Driver driver : drivers) {
        if (driver.acceptsURL(url)) {
          return driver;
        }
      }
    } catch (IOException | SQLException | LinkageError e) {
      throw ConnectorException.permanent("the drivers in " + folder + " cannot be loaded: " + e, e);
    }
    String kind = url.replaceAll("^(jdbc:[^:/]*).*", "$1:");
    throw ConnectorException.permanent("no driver for " + kind + "; put its jar into " + folder + " and run again", null);
  }

  private List<Driver> inJars(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    List<Path> jars;
    try (Stream<Path> files = Files.list(folder)) {
      jars = files.filter(file -> file.toString().endsWith(".jar")).sorted(Comparator.naturalOrder()).toList();
    }
    StringBuilder state = new StringBuilder("drivers");
    for (Path jar : jars) {
      state.append(' ').append(jar.getFileName()).append(' ').append(Files.size(jar)).append(' ').append(Files.getLastModifiedTime(jar).toMillis());
    }
    // Another jar is another library; the one before goes with the instance.
    return context.shared(state.toString(), () -> Library.of(jars)).drivers();
  }

  private static Driver postgres() throws SQLException {
    Driver driver = new org.postgresql.Driver();
    if (org.postgresql.Driver.isRegistered()) {
      // It registers itself with the whole JVM, which would keep this bundle for ever.
      org.postgresql.Driver.deregister();
    }
    return driver;
  }
}
