package io.connectorkit.api;

import java.util.EnumSet;
import java.util.Set;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Capability {@link Capability#WRITE}: the connector takes rows back into the source. Nothing is written unless the operator allowed it for
 * the instance; a connector that implements this is as read-only as any other until then.
 */
@ConsumerType
public interface Writes extends Connector {

  /**
   * Takes one batch of rows into one table. Each call stands for itself: there is no beginning and no end of a write to keep track of. Called
   * for a table after {@link Discovers#discover}, for one batch after the other, never for two at a time by one host, though not always on
   * the same thread; calls for different tables may come at the same time. May block; the thread is interrupted when the write is cancelled
   * or the batch takes longer than the host waits.
   *
   * <p>When it returns, every row of the batch is either taken for good or named as refused. When it throws, no row was taken, or nobody
   * knows: the host sends the same batch again with the same {@link WriteRequest#idempotencyKey()} after a
   * {@link ConnectorException#transientFailure}, and ends the write after anything else.
   *
   * @param request the rows, and what to do with them
   * @return which rows the source refused; not null
   * @throws ConnectorException if the source does not answer, or refuses the batch as a whole
   */
  WriteResult write(WriteRequest request);

  /**
   * What can be done with the rows of a table. Asked once for each write, before any row; must not call the source.
   *
   * @param table with {@link Capability#WRITE}
   * @return all modes unless overridden; the host also demands a primary key for those that need one
   */
  default Set<WriteMode> modes(TableInfo table) {
    return EnumSet.allOf(WriteMode.class);
  }

  /**
   * How many rows one call takes at most, such as the limit of the source's bulk request. Asked once for each write, before any row; must not
   * call the source.
   *
   * @param table with {@link Capability#WRITE}
   * @return at least 1; 1,000 unless overridden. The host may send fewer
   */
  default int batchSize(TableInfo table) {
    return 1_000;
  }
}
