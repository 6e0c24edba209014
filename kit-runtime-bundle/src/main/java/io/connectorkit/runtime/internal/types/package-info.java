/** What becomes of each Arrow type on its way into Parquet: stored as it is, cast without loss, or refused by name. */
package io.connectorkit.runtime.internal.types;
