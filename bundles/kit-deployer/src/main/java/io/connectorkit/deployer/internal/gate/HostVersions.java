package io.connectorkit.deployer.internal.gate;

import io.connectorkit.api.ConnectorBundle;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Version;
import org.osgi.framework.namespace.PackageNamespace;
import org.osgi.framework.wiring.BundleRevision;

/**
 * What this host offers to connectors.
 *
 * @param contract version of the {@code connectorkit.runtime} capability
 * @param api version of the exported package {@code io.connectorkit.api}
 * @param java feature version of the JVM
 */
public record HostVersions(Version contract, Version api, int java) {

  static final String API = "io.connectorkit.api";

  /** Those of a running framework. */
  public static HostVersions of(BundleContext context) {
    return new HostVersions(version(context, ConnectorBundle.RUNTIME_NAMESPACE, "host"),
        version(context, PackageNamespace.PACKAGE_NAMESPACE, API), Runtime.version().feature());
  }

  private static Version version(BundleContext context, String namespace, String name) {
    return Arrays.stream(context.getBundles()).map(bundle -> bundle.adapt(BundleRevision.class)).filter(Objects::nonNull)
        .flatMap(revision -> revision.getDeclaredCapabilities(namespace).stream())
        .filter(capability -> name.equals(capability.getAttributes().get(namespace)))
        .map(capability -> (Version) capability.getAttributes().getOrDefault("version", Version.emptyVersion)).findFirst()
        .orElse(Version.emptyVersion);
  }

  Map<String, Object> attributes() {
    return Map.of(ConnectorBundle.RUNTIME_NAMESPACE, "host", "version", contract);
  }
}
