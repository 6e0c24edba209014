/** Writes the rows of a query back into a source. */
package io.connectorkit.runtime.internal.write;
