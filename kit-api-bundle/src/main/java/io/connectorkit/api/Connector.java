package io.connectorkit.api;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * The OSGi service that a connector bundle publishes. A connector implements one sub-interface per {@link Capability} it declares and
 * nothing else: no stubs that throw.
 *
 * <p>A connector has no state of its own. It is a plain Declarative Services singleton; every call gets the configured instance it
 * serves through a {@link ConnectorContext}. Calls for different instances and tables come at the same time from different threads.
 */
@ConsumerType
public interface Connector {}
