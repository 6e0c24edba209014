/** What a jar must be before it is installed. */
package io.connectorkit.deployer.internal.gate;
