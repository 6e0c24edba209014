/** Gogo commands for people who know OSGi. */
package io.connectorkit.shell.internal;
