package io.connectorkit.runtime.internal.config;

import io.connectorkit.api.Connector;
import io.connectorkit.api.ConnectorBundle;
import io.connectorkit.declaration.Declaration;
import io.connectorkit.declaration.DeclarationException;
import io.connectorkit.host.KitException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.osgi.framework.Bundle;
import org.osgi.framework.wiring.BundleCapability;
import org.osgi.framework.wiring.BundleRevision;

/** Declarations of installed bundles. */
public final class BundleDeclaration {

  private BundleDeclaration() {}

  /**
   * The declaration of an installed bundle.
   *
   * @throws KitException KIT-1010 to KIT-1012 if it contradicts itself
   * @throws IllegalStateException if the bundle is uninstalled meanwhile
   */
  public static Declaration of(Bundle bundle) {
    BundleRevision revision = bundle.adapt(BundleRevision.class);
    if (revision == null) {
      throw new IllegalStateException(who(bundle) + " is uninstalled");
    }
    List<Map<String, Object>> capabilities =
        revision.getDeclaredCapabilities(ConnectorBundle.NAMESPACE).stream().map(BundleCapability::getAttributes).toList();
    URL yaml = bundle.getEntry(Declaration.YAML);
    try (InputStream stream = yaml == null ? null : yaml.openStream()) {
      return orRefused(() -> Declaration.of(who(bundle), capabilities, stream));
    } catch (IOException e) {
      throw new KitException("KIT-1010", Declaration.YAML + " of " + who(bundle) + " cannot be read: " + e.getMessage(), e);
    }
  }

  /**
   * Holds a bundle's service against its declaration.
   *
   * @throws KitException KIT-1012 with both lists if they differ, or if it has a section {@code source} and code as well
   */
  public static void check(Declaration declaration, Connector connector, Bundle bundle) {
    if (declaration.yaml().source().isPresent() && bundle.getHeaders("").get("Service-Component") != null) {
      throw new KitException("KIT-1012", who(bundle) + " has a section 'source' in " + Declaration.YAML + " and a component of its own (header"
          + " Service-Component), which would be two connectors; remove one of them");
    }
    orRefused(() -> {
      declaration.check(connector, who(bundle));
      return declaration;
    });
  }

  /** What is wrong with a declaration, as a failure of the host. */
  static Declaration orRefused(Supplier<Declaration> declaration) {
    try {
      return declaration.get();
    } catch (DeclarationException e) {
      throw new KitException(e.problems());
    }
  }

  private static String who(Bundle bundle) {
    return "bundle " + bundle.getSymbolicName() + " " + bundle.getVersion();
  }
}
