package io.connectorkit.api;

import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/** One walk over a source for several tables, see {@link ReadsTogether}. For one thread at a time. */
@ProviderType
public interface JointRead {

  /** The configured instance on whose behalf to read. */
  ConnectorContext context();

  /** One request for each table that is wanted; at least one. */
  List<ReadRequest> requests();

  /**
   * From where on to read: the lowest watermark of the requests, for all of them. Empty if all rows of all tables are wanted; then what is
   * published and does not come is gone, and changes are only {@linkplain Changes#upsert rows}. Otherwise changes that are at or above it are
   * wanted, each with all that follows from it: rows that went are {@linkplain Changes#delete deleted} or {@linkplain Changes#replace
   * replaced}.
   */
  Optional<Watermark> watermark();

  /** Whether this table is wanted; changes of others are dropped, so that one need not ask. */
  boolean wants(String table);

  /**
   * Takes changes, in order. Blocks while the host writes what it has. A change that does not fit its table fails that table alone: it is as if
   * it had been {@linkplain #giveUp given up}.
   *
   * @throws java.util.concurrent.CancellationException if the run is cancelled, or no table is left
   */
  void accept(Changes changes);

  /**
   * Says before the first row of a table that all of its rows come, whatever {@link #watermark()} says: what is published and does not come is
   * gone. For what a source lists as a whole beside the things that change, such as its organizations beside their issues.
   *
   * @param table source id
   */
  void full(String table);

  /**
   * Gives a table up: it keeps its last good rows and its watermark, and the others go on.
   *
   * @param table source id
   * @param reason why its rows cannot be known to be whole
   */
  void giveUp(String table, ConnectorException reason);

  /** Sets the watermark of the next walk, for all tables; without it each table's incremental column gives one. */
  void endAt(Watermark watermark);
}
