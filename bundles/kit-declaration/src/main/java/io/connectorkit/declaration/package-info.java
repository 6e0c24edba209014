/** Reads what a connector declares in {@code connector.yaml}, and holds it against manifest and class. */
@Export
@Version("0.1.0")
package io.connectorkit.declaration;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
