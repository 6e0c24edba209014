package io.connectorkit.runtime.internal.extract;

import io.connectorkit.api.BatchSource;
import io.connectorkit.api.Changes.Change;
import io.connectorkit.api.ConnectorException;
import io.connectorkit.api.ReadRequest;
import io.connectorkit.api.Reads;
import io.connectorkit.api.Watermark;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.stream.StreamSupport;

/**
 * Changes of one table on their way from a walk to the table's reader, a bounded number ahead. Whoever walks waits for a slow reader, and is
 * never held up by one that has ended.
 */
final class ChangeFeed implements Reads, Iterator<Object[]> {

  private static final int AHEAD = 256;
  private static final Object[] END = {};

  private final ChangeRows rows;
  private final BlockingQueue<Object[]> queue = new ArrayBlockingQueue<>(AHEAD);
  private volatile boolean closed;
  private volatile Throwable failure;
  private volatile Watermark watermark;
  private volatile boolean full;
  private Object[] next;

  ChangeFeed(ChangeRows rows) {
    this.rows = rows;
  }

  /** Hands a change over; one that does not fit its table fails the table, and those behind it are dropped. */
  void put(Change change) {
    if (open()) {
      try {
        queue.put(rows.row(change));
      } catch (ConnectorException e) {
        fail(e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new CancellationException("cancelled by the host");
      }
    }
  }

  /** Whether changes are still wanted. */
  boolean open() {
    return !closed && failure == null;
  }

  /** Before the first change: these are all rows. */
  void full() {
    full = true;
  }

  /** After the last change. */
  void end(Watermark reached) throws InterruptedException {
    watermark = reached;
    if (open()) {
      queue.put(END);
    }
  }

  /** Has the reader fail, whatever it has not read yet. */
  void fail(Throwable reason) {
    failure = reason;
    queue.clear();
    queue.add(END);
  }

  /** Drops what has not been read, and all that comes. */
  void close() {
    closed = true;
    queue.clear();
  }

  @Override
  public BatchSource read(ReadRequest request) {
    // What comes first is waited for, since with it is known whether all rows come.
    hasNext();
    BatchSource source = BatchSource.rows(request, StreamSupport.stream(Spliterators.spliteratorUnknownSize(this, Spliterator.ORDERED), false)
        .onClose(this::close)).endingAt(() -> watermark);
    return full ? source.full() : source;
  }

  @Override
  public boolean hasNext() {
    if (next == null) {
      try {
        next = queue.take();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new CancellationException("cancelled by the host");
      }
    }
    if (failure instanceof Error error) {
      throw error;
    }
    if (failure != null) {
      throw failure instanceof RuntimeException own ? own : new IllegalStateException(failure);
    }
    return next != END;
  }

  @Override
  public Object[] next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    Object[] row = next;
    next = null;
    return row;
  }
}
