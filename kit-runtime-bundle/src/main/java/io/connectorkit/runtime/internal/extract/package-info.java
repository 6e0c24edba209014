/** Runs: from a connector's batches to Parquet files, and then to a published extract. */
package io.connectorkit.runtime.internal.extract;
