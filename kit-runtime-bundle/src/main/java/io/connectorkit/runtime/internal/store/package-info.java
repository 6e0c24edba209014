/**
 * What lies on disk: one folder for each instance, with {@code extract.duckdb} as the commit point.
 */
package io.connectorkit.runtime.internal.store;
