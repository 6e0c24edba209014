package io.connectorkit.runtime.internal.extract;

import io.connectorkit.api.Changes;
import io.connectorkit.api.ConnectorContext;
import io.connectorkit.api.ConnectorException;
import io.connectorkit.api.JointRead;
import io.connectorkit.api.ReadRequest;
import io.connectorkit.api.Watermark;
import io.connectorkit.host.KitException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CancellationException;

/** Deals the changes of a walk out to the tables, and knows how long it has given none. */
final class JointWalk implements JointRead {

  private final ConnectorContext context;
  private final List<ReadRequest> requests;
  private final Map<String, ChangeFeed> feeds;
  private final Optional<Watermark> watermark;
  private final long begun = System.nanoTime();
  private volatile long since = begun;
  private volatile boolean writing;
  private volatile Watermark end;

  /**
   * Prepares.
   *
   * @param feeds by the source id of their tables
   */
  JointWalk(ConnectorContext context, List<ReadRequest> requests, Map<String, ChangeFeed> feeds, Optional<Watermark> watermark) {
    this.context = context;
    this.requests = List.copyOf(requests);
    this.feeds = Map.copyOf(feeds);
    this.watermark = watermark;
  }

  /** What ends it if it takes too long; null if it does not. */
  KitException late(Limits limits) {
    String tables = "the walk for the tables " + feeds.keySet().stream().sorted().toList();
    if (!writing && Limits.exceeded(limits.stall(), System.nanoTime() - since)) {
      return new KitException("KIT-3014", tables + ": no change for " + limits.stall().toSeconds()
          + " s; check the source, or raise run.stall.seconds");
    }
    return Limits.exceeded(limits.deadline(), System.nanoTime() - begun) ? new KitException("KIT-3015", tables
        + ": not at its end within " + limits.deadline().toMinutes() + " min; check the source, or raise run.deadline.minutes") : null;
  }

  /** The connector has told that it goes on. */
  void alive() {
    since = System.nanoTime();
  }

  /** The watermark that the connector gave; null if it gave none. */
  Watermark end() {
    return end;
  }

  @Override
  public ConnectorContext context() {
    return context;
  }

  @Override
  public List<ReadRequest> requests() {
    return requests;
  }

  @Override
  public Optional<Watermark> watermark() {
    return watermark;
  }

  @Override
  public boolean wants(String table) {
    ChangeFeed feed = feeds.get(table);
    return feed != null && feed.open();
  }

  @Override
  public void accept(Changes changes) {
    context.cancellation().check();
    if (feeds.values().stream().noneMatch(ChangeFeed::open)) {
      throw new CancellationException("there is no table left to walk for");
    }
    writing = true;
    try {
      for (Changes.Change change : changes.list()) {
        ChangeFeed feed = feeds.get(change.table());
        if (feed != null) {
          feed.put(change);
        }
      }
    } finally {
      since = System.nanoTime();
      writing = false;
    }
  }

  @Override
  public void full(String table) {
    ChangeFeed feed = feeds.get(table);
    if (feed != null) {
      feed.full();
    }
  }

  @Override
  public void giveUp(String table, ConnectorException reason) {
    ChangeFeed feed = feeds.get(table);
    if (feed != null) {
      feed.fail(Objects.requireNonNull(reason));
    }
  }

  @Override
  public void endAt(Watermark next) {
    end = Objects.requireNonNull(next);
  }
}
