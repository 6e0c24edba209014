/** Helps the tests of a connector: {@link io.connectorkit.contract.ConnectorProbe} uses it as the host does. */
@Export
@Version("0.1.0")
package io.connectorkit.contract;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
