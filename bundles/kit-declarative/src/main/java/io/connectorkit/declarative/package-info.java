/** Connectors that are made of their {@code connector.yaml}, in a host or without one. */
@Export
@Version("0.1.0")
package io.connectorkit.declarative;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
