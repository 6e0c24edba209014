/** The host's side of connectors without code. */
package io.connectorkit.declarative.internal;
