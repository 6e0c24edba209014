/** The two native foundations that everything else shares: DuckDB and Arrow memory. */
package io.connectorkit.runtime.internal.duckdb;
