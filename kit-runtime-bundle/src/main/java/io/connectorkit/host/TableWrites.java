package io.connectorkit.host;

import java.util.concurrent.CompletableFuture;
import org.osgi.annotation.versioning.ProviderType;

/** Service that writes rows back into sources. Safe for use from several threads. */
@ProviderType
public interface TableWrites {

  /**
   * Begins a write. The writes of one instance follow each other; each takes its turn among the runs, and is cancelled when its connector
   * goes away or is configured anew.
   *
   * @param listener hears of one table; {@code started} with the id of the write, {@code progress} with the rows sent; not {@code table}
   * @return completes with the record, also when the write failed on the way; fails with a {@link KitException} if it was refused before any
   *     row was sent; cancelling it cancels the write
   * @throws KitException if the instance cannot be written as it stands
   */
  CompletableFuture<WriteRecord> start(WriteOrder order, RunListener listener);
}
