package io.connectorkit.api;

import org.osgi.annotation.versioning.ProviderType;

/** What the host wants read. Immutable; never null in any part. */
@ProviderType
public interface ReadRequest {

  /** The configured instance on whose behalf to read. */
  ConnectorContext context();

  /** The table, as {@link Discovers#discover} described it. */
  TableInfo table();

  /** How many rows a batch should have, at least 1. A wish: smaller and larger batches are legal. */
  int batchSize();
}
