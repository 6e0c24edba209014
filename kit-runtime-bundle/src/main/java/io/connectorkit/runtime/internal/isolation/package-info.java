/** Keeps what a connector does to the process to the connector: no exit of the host, nothing left behind, no more threads than allowed. */
package io.connectorkit.runtime.internal.isolation;
