/** The endpoint through which commands reach a running host: loopback only, one token for each start. */
package io.connectorkit.gateway.internal;
