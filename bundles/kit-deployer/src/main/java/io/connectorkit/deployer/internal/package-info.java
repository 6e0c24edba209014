/** From files in a folder to started bundles and fresh configurations. */
package io.connectorkit.deployer.internal;
