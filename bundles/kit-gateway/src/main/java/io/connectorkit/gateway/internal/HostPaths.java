package io.connectorkit.gateway.internal;

import java.nio.file.Path;
import org.osgi.framework.BundleContext;

/** Folders of this host. */
record HostPaths(Path product, Path etc, Path deploy, Path data) {

  static HostPaths of(BundleContext context) {
    return new HostPaths(path(context, "kit.home"), path(context, "kit.etc"), path(context, "kit.deploy"), path(context, "kit.data"));
  }

  private static Path path(BundleContext context, String property) {
    return Path.of(context.getProperty(property)).toAbsolutePath().normalize();
  }

  Path log() {
    return data.resolve("log").resolve("kit.log");
  }

  Path tmp() {
    return data.resolve("tmp");
  }

  /** Connectors that come with the product. */
  Path shipped() {
    return product.resolve("system").resolve("connectors");
  }
}
