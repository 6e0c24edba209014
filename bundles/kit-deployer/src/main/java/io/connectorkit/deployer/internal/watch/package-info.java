/** Sees what changes in a folder. */
package io.connectorkit.deployer.internal.watch;
