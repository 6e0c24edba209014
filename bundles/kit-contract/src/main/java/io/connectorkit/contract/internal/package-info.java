/** The checks as a service of the host. */
package io.connectorkit.contract.internal;
