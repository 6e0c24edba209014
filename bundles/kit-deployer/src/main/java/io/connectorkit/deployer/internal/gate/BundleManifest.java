package io.connectorkit.deployer.internal.gate;

import io.connectorkit.api.ConnectorBundle;
import io.connectorkit.declaration.Clause;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.jar.Attributes;
import java.util.jar.Manifest;
import java.util.regex.Pattern;
import org.osgi.framework.Constants;
import org.osgi.framework.Version;

/**
 * The manifest of a connector bundle.
 *
 * @param classPath entries of Bundle-ClassPath; {@code .} is the jar itself
 * @param connectors attributes of each connector capability
 */
record BundleManifest(
    String symbolicName,
    Version version,
    List<String> classPath,
    List<Map<String, Object>> connectors,
    List<Clause> requirements,
    List<Clause> imports,
    List<Clause> exports) {

  private static final Pattern SYMBOLIC_NAME = Pattern.compile("[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]+)*");

  /**
   * Reads a manifest.
   *
   * @param content null if there is none
   * @throws io.connectorkit.host.KitException KIT-1004, KIT-1005, KIT-1022 or KIT-1023 if it is not that of a connector bundle
   */
  static BundleManifest of(String file, byte[] content) {
    Attributes headers = headers(file, content);
    List<Clause> name = read(file, headers, Constants.BUNDLE_SYMBOLICNAME, Clause::parse);
    if (name.isEmpty()) {
      throw Refusal.of("KIT-1004", file + " is no OSGi bundle: its manifest has no Bundle-SymbolicName; build it with bnd");
    }
    String manifestVersion = String.valueOf(headers.getValue(Constants.BUNDLE_MANIFESTVERSION)).strip();
    if (!manifestVersion.equals("2")) {
      throw Refusal.of("KIT-1004", file + " is no OSGi bundle of release 4 or later: Bundle-ManifestVersion is " + manifestVersion
          + " and must be 2; build it with bnd");
    }
    if (headers.getValue(Constants.FRAGMENT_HOST) != null) {
      throw Refusal.of("KIT-1023", file + " is a fragment of " + headers.getValue(Constants.FRAGMENT_HOST)
          + ", which cannot be deployed by itself; put its content into the connector's own bundle");
    }
    String symbolicName = name.get(0).paths().get(0);
    if (name.size() > 1 || name.get(0).paths().size() > 1 || !SYMBOLIC_NAME.matcher(symbolicName).matches()) {
      throw malformed(file, Constants.BUNDLE_SYMBOLICNAME, "'" + headers.getValue(Constants.BUNDLE_SYMBOLICNAME)
          + "' is no symbolic name (letters, digits, '_' and '-' between single dots)");
    }
    List<Clause> classPath = read(file, headers, Constants.BUNDLE_CLASSPATH, Clause::parse);
    List<Clause> provided = read(file, headers, Constants.PROVIDE_CAPABILITY, Clause::parse);
    List<Map<String, Object>> connectors =
        provided.stream().filter(clause -> clause.paths().contains(ConnectorBundle.NAMESPACE)).map(Clause::attributes).toList();
    if (connectors.isEmpty()) {
      throw Refusal.of("KIT-1005", file + " is a bundle but no connector: it does not provide the capability " + ConnectorBundle.NAMESPACE
          + "; annotate the connector class with @ConnectorBundle");
    }
    return new BundleManifest(symbolicName, read(file, headers, Constants.BUNDLE_VERSION, Version::parseVersion),
        classPath.isEmpty() ? List.of(".") : classPath.stream().flatMap(clause -> clause.paths().stream())
            .map(path -> path.replaceFirst("^/+", "")).toList(), connectors,
        read(file, headers, Constants.REQUIRE_CAPABILITY, Clause::parse), read(file, headers, Constants.IMPORT_PACKAGE, Clause::parse),
        read(file, headers, Constants.EXPORT_PACKAGE, Clause::parse));
  }

  private static Attributes headers(String file, byte[] content) {
    if (content == null) {
      return new Attributes();
    }
    try {
      return new Manifest(new ByteArrayInputStream(content)).getMainAttributes();
    } catch (IOException e) {
      throw Refusal.of("KIT-1022", file + ": its manifest is malformed: " + e.getMessage() + "; build it with bnd");
    }
  }

  private static <T> T read(String file, Attributes headers, String header, Function<String, T> parser) {
    try {
      return parser.apply(headers.getValue(header));
    } catch (IllegalArgumentException e) {
      throw malformed(file, header, e.getMessage());
    }
  }

  private static RuntimeException malformed(String file, String header, String reason) {
    return Refusal.of("KIT-1022", file + ": its manifest header " + header + " is malformed: " + reason + "; build it with bnd");
  }
}
