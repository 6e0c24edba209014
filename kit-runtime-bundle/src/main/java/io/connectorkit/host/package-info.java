/**
 * What the host offers to its own operator surfaces: shell, HTTP, deploy folder. Connectors do not see it.
 */
@Export
@Version("1.0.0")
package io.connectorkit.host;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
