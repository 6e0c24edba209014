/**
 * What every connector has to keep to: {@link io.connectorkit.contract.Checks} holds the checks, {@link io.connectorkit.contract.ContractRun}
 * runs them. For tests of one's own {@link io.connectorkit.contract.ConnectorProbe} uses a connector as the host does.
 */
@Export
@Version("0.1.0")
package io.connectorkit.contract;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
