/** What the host does by itself when its time has come. */
package io.connectorkit.runtime.internal.schedule;
