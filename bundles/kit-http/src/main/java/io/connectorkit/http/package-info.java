/** What connectors get as {@link io.connectorkit.api.Http}. For the host and the contract checks; connectors see the API only. */
@Export
@Version("1.0.0")
package io.connectorkit.http;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
