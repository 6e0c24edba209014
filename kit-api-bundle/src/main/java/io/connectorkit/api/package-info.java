/**
 * What a connector compiles against: the capabilities it may have, the tables it offers, and the batches it delivers.
 *
 * <p>Start at {@link io.connectorkit.api.ConnectorBundle}; the terms are those of Apache Arrow (schema, batch) and of change data
 * capture (watermark).
 */
@Export
@Version("1.1.0")
package io.connectorkit.api;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
