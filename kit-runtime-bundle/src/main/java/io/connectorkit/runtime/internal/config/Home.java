package io.connectorkit.runtime.internal.config;

import java.nio.file.Path;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** Where the host may write, as the launcher said. */
@Component(service = Home.class)
public final class Home {

  private final Path etc;
  private final Path data;
  private final Path extracts;
  private final boolean gateway;

  @Activate
  public Home(BundleContext context) {
    this(path(context, "kit.etc"), path(context, "kit.data"), path(context, "kit.extracts"), "gateway".equals(context.getProperty("kit.mode")));
  }

  public Home(Path etc, Path data, Path extracts, boolean gateway) {
    this.etc = etc;
    this.data = data;
    this.extracts = extracts;
    this.gateway = gateway;
  }

  private static Path path(BundleContext context, String property) {
    String value = context.getProperty(property);
    if (value == null) {
      throw new IllegalStateException("framework property " + property + " is not set; start the host through its launcher");
    }
    return Path.of(value).toAbsolutePath().normalize();
  }

  /** Configuration files of instances. */
  public Path instanceFiles() {
    return etc.resolve("connectors");
  }

  /** Files that may go when the host stops. */
  public Path tmp() {
    return data.resolve("tmp");
  }

  /** DuckDB's extensions, unless the operator has them elsewhere. */
  public Path duckDbExtensions() {
    return data.resolve("duckdb-extensions");
  }

  /** One folder for each instance. */
  public Path extracts() {
    return extracts;
  }

  /** The database over all extracts. */
  public Path analytics() {
    return extracts.resolve("analytics.duckdb");
  }

  /** Whether this process serves; a process that boots for one command runs nothing by itself. */
  public boolean gateway() {
    return gateway;
  }
}
