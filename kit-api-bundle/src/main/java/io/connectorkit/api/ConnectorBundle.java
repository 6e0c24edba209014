package io.connectorkit.api;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.osgi.annotation.bundle.Requirement;
import org.osgi.service.component.annotations.ComponentPropertyType;

/**
 * Makes the bundle of the annotated class a connector bundle. Stands on the class that is the connector's component:
 *
 * <pre>{@code
 * @ConnectorBundle(name = "acme", version = "1.0.0", capabilities = {DISCOVER, READ})
 * @Component(configurationPolicy = IGNORE)
 * public final class AcmeConnector implements Discovers, Reads { … }
 * }</pre>
 *
 * <p>bnd turns it into the manifest's {@code Provide-Capability: connectorkit.connector} and into a {@code Require-Capability} on the
 * host's API version. The same three facts stand in {@code META-INF/connector.yaml}; the host refuses a bundle in which they differ.
 */
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
@ComponentPropertyType
@org.osgi.annotation.bundle.Capability(
    namespace = ConnectorBundle.NAMESPACE,
    attribute = {
      ConnectorBundle.NAMESPACE + "=\"${#name}\"",
      "version:Version=\"${#version}\"",
      "capabilities:List<String>=\"${tolower;${#capabilities}}\""
    })
@Requirement(namespace = ConnectorBundle.RUNTIME_NAMESPACE, filter = "(&(version>=1.0.0)(!(version>=2.0.0)))")
public @interface ConnectorBundle {

  /** Namespace of the capability that a connector bundle provides. */
  String NAMESPACE = "connectorkit.connector";

  /**
   * Namespace of the capability that a connector bundle requires. Its version is that of the contract between host and connector: a
   * connector built against 1.0 runs on every host below 2.0.
   */
  String RUNTIME_NAMESPACE = "connectorkit.runtime";

  /** Prefix of the service properties that the members of this annotation become. */
  String PREFIX_ = "connectorkit.";

  /** Name of the connector: lower-case letters, digits and underscores, a letter first, at most 40 characters. */
  String name();

  /** Version of the connector, as an OSGi version. */
  String version();

  /** The whole capability set. The class implements exactly the matching interfaces. */
  Capability[] capabilities();
}
