package io.connectorkit.api.internal;

import io.connectorkit.api.BatchSource;
import io.connectorkit.api.Changes;
import io.connectorkit.api.ConnectorContext;
import io.connectorkit.api.ConnectorException;
import io.connectorkit.api.JointRead;
import io.connectorkit.api.ReadRequest;
import io.connectorkit.api.ReadsTogether;
import io.connectorkit.api.Watermark;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.stream.StreamSupport;

/** A walk for the rows of one table: it runs on a thread of the call, a bounded number of rows ahead. */
public final class OneOfMany implements JointRead, Iterator<Map<String, ?>> {

  private static final int AHEAD = 1_000;

  /** Stands behind the last row. */
  private static final Map<String, ?> END = Map.of("", "");

  private final ReadRequest request;
  private final BlockingQueue<Map<String, ?>> rows = new ArrayBlockingQueue<>(AHEAD);
  private final Future<?> walk;
  private volatile Watermark end;
  private volatile ConnectorException givenUp;
  private volatile boolean full;
  private Map<String, ?> next;

  private OneOfMany(ReadsTogether connector, ReadRequest request) {
    this.request = request;
    this.walk = request.context().executor().submit(() -> {
      try {
        connector.readTogether(this);
      } finally {
        put(END);
      }
      return null;
    });
  }

  /** The rows of one table. */
  public static BatchSource read(ReadsTogether connector, ReadRequest request) {
    OneOfMany one = new OneOfMany(connector, request);
    // The first answer is waited for here, so that a table that is not there fails before its rows are asked for.
    one.hasNext();
    Iterable<Map<String, ?>> rows = () -> one;
    BatchSource source = BatchSource.records(request, StreamSupport.stream(rows.spliterator(), false).onClose(one::close))
        .endingAt(() -> one.end);
    return one.full ? source.full() : source;
  }

  private void close() {
    walk.cancel(true);
  }

  private void put(Map<String, ?> row) {
    try {
      rows.put(row);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("the read was closed");
    }
  }

  @Override
  public boolean hasNext() {
    if (next == null) {
      try {
        next = rows.take();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new CancellationException("interrupted while waiting for rows");
      }
      if (next == END) {
        finish();
      }
    }
    return next != END;
  }

  private void finish() {
    try {
      walk.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted while waiting for the walk");
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException own ? own : ConnectorException.permanent(e.getCause().toString(), e.getCause());
    }
    if (givenUp != null) {
      throw givenUp;
    }
  }

  @Override
  public Map<String, ?> next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    Map<String, ?> row = next;
    next = null;
    return row;
  }

  @Override
  public ConnectorContext context() {
    return request.context();
  }

  @Override
  public List<ReadRequest> requests() {
    return List.of(request);
  }

  @Override
  public Optional<Watermark> watermark() {
    return request.watermark();
  }

  @Override
  public boolean wants(String table) {
    return table.equals(request.table().sourceId());
  }

  @Override
  public void accept(Changes changes) {
    for (Changes.Change change : changes.list()) {
      request.context().cancellation().check();
      if (change instanceof Changes.Upsert upsert && wants(upsert.table())) {
        put(upsert.row());
      }
    }
  }

  @Override
  public void full(String table) {
    full |= wants(table);
  }

  @Override
  public void giveUp(String table, ConnectorException reason) {
    if (wants(table)) {
      givenUp = reason;
    }
  }

  @Override
  public void endAt(Watermark watermark) {
    end = watermark;
  }
}
