package io.connectorkit.api;

import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/** What the host wants read. Immutable; never null in any part. */
@ProviderType
public interface ReadRequest {

  /** The configured instance on whose behalf to read. */
  ConnectorContext context();

  /** The table, as {@link Discovers#discover} described it. */
  TableInfo table();

  /**
   * From where on to read. Present only if the table has an incremental column, or the last read ended with an opaque watermark, and the
   * host wants no full read: then the rows whose column is <em>at or above</em> it are to be delivered (rows that share the last value would
   * be lost otherwise; the host takes out what it has already). The operator's overlap is subtracted already.
   */
  Optional<Watermark> watermark();

  /** Names of the columns that are wanted, in order; all of them unless the operator chose. A wish: the host drops what else comes. */
  List<String> columns();

  /**
   * Conditions that the operator set, all of which have to hold. A wish: the host applies them again to what comes. Empty for a delta of a
   * table with a key: a row that no longer passes has to be seen to be taken away.
   */
  List<Filter> filters();

  /** Which piece of the table to read; {@link Split#WHOLE} unless the connector cuts tables up. */
  Split split();

  /** How many rows a batch should have, at least 1. A wish: smaller and larger batches are legal. */
  int batchSize();
}
