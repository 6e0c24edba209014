package io.connectorkit.runtime.internal.extract;

import io.connectorkit.runtime.internal.isolation.Tccl;
import io.connectorkit.runtime.internal.types.DeliveredTypes;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiFunction;
import java.util.function.LongConsumer;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.dictionary.Dictionary;
import org.apache.arrow.vector.dictionary.DictionaryProvider;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.types.pojo.Schema;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stands between a connector's reader and DuckDB. One thread of the host pulls batches a little ahead, so that a slow source and the
 * encoding of Parquet overlap, and so that a connector that blocks holds up nobody who gives the run up.
 *
 * <p>The connector's own exception is kept, since DuckDB passes on only its text.
 */
final class PrefetchReader extends ArrowReader {

  private static final Logger LOG = LoggerFactory.getLogger(PrefetchReader.class);
  private static final int AHEAD = 1;
  private static final long STOP_SECONDS = 10;

  /** What the queue carries: a batch, or null for the end. */
  private record Item(VectorSchemaRoot batch) {}

  private final ArrowReader delegate;
  private final BatchGatherer batches;
  private final ClassLoader loader;
  private final LongConsumer progress;
  private final VectorSchemaRoot root;
  private final Semaphore demand = new Semaphore(AHEAD);
  private final BlockingQueue<Item> queue = new LinkedBlockingQueue<>();
  private final Thread thread;
  private final AtomicReference<Throwable> failure = new AtomicReference<>();
  private volatile boolean stopped;
  private volatile boolean abandoned;
  private long rows;
  private boolean closed;

  /**
   * Learns the schema; the first batch is pulled when DuckDB asks for it.
   *
   * @param agreement decides what becomes of the delivered columns
   * @param progress gets the rows handed on so far
   */
  PrefetchReader(String name, ArrowReader delegate, BufferAllocator allocator, ClassLoader loader,
      BiFunction<Schema, DictionaryProvider, DeliveredTypes> agreement, LongConsumer progress) throws Exception {
    super(allocator);
    this.delegate = delegate;
    this.loader = loader;
    this.progress = progress;
    DeliveredTypes types = types(agreement);
    this.root = VectorSchemaRoot.create(types.stored(), allocator);
    this.batches = new BatchGatherer(delegate, types, allocator, () -> stopped);
    this.thread = new NamedThreads(name).newThread(this::pull);
  }

  /** Of the connector's schema; a reader that cannot tell it, or tells a wrong one, is closed, since nobody else will. */
  private DeliveredTypes types(BiFunction<Schema, DictionaryProvider, DeliveredTypes> agreement) throws Exception {
    try {
      return Tccl.call(loader, () -> agreement.apply(delegate.getVectorSchemaRoot().getSchema(), delegate));
    } catch (Throwable e) {
      closeDelegate();
      throw e;
    }
  }

  private void pull() {
    try {
      Tccl.call(loader, () -> {
        boolean more = true;
        while (more && !stopped) {
          demand.acquire();
          VectorSchemaRoot next = batches.next();
          more = next != null;
          if (more && stopped) {
            next.close();
          } else if (more) {
            queue.add(new Item(next));
          }
        }
        return null;
      });
    } catch (Throwable e) {
      fail(e);
    } finally {
      queue.add(new Item(null));
      if (abandoned) {
        closeQuietly();
      }
    }
  }

  /** All rows are there, or nobody waits for them: whoever closes is DuckDB's native code, which would print what it cannot throw. */
  private void closeQuietly() {
    try {
      closeDelegate();
    } catch (IOException | RuntimeException | LinkageError e) {
      LOG.warn("KIT-3013 {}: the connector's reader cannot be closed: {}", thread.getName(), e.getClass().getName());
    }
  }

  @Override
  public synchronized boolean loadNextBatch() throws IOException {
    if (thread.getState() == Thread.State.NEW) {
      thread.start();
    }
    demand.release();
    Item item;
    try {
      item = queue.take();
    } catch (InterruptedException e) {
      throw new IOException("interrupted", e);
    }
    if (item.batch() == null) {
      // DuckDB may ask again after the end, from another of its threads.
      queue.add(item);
    }
    if (failure.get() != null) {
      release(item);
      throw new IOException(String.valueOf(failure.get()), failure.get());
    }
    if (item.batch() == null) {
      root.clear();
      return false;
    }
    try (VectorSchemaRoot batch = item.batch()) {
      List<FieldVector> vectors = root.getFieldVectors();
      for (int i = 0; i < vectors.size(); i++) {
        batch.getVector(i).makeTransferPair(vectors.get(i)).transfer();
      }
      root.setRowCount(batch.getRowCount());
    }
    rows += root.getRowCount();
    progress.accept(rows);
    return true;
  }

  /** Gives up, from any thread: whoever waits for a batch gets the reason, and the connector's thread is interrupted. */
  void stop(Throwable reason) {
    fail(reason);
    stopped = true;
    thread.interrupt();
    queue.add(new Item(null));
  }

  private void fail(Throwable e) {
    failure.compareAndSet(null, e);
  }

  /** What ended the batches before their time, or null. */
  Throwable failure() {
    return failure.get();
  }

  /** For how long the connector has been asked for the batch that it has not delivered yet. */
  long waitingNanos() {
    return batches.waitingNanos();
  }

  @Override
  public VectorSchemaRoot getVectorSchemaRoot() {
    return root;
  }

  @Override
  public Map<Long, Dictionary> getDictionaryVectors() {
    return Map.of();
  }

  @Override
  public Dictionary lookup(long id) {
    return null;
  }

  @Override
  public long bytesRead() {
    return delegate.bytesRead();
  }

  @Override
  protected Schema readSchema() {
    return root.getSchema();
  }

  @Override
  protected void closeReadSource() {}

  /**
   * Ends the connector's thread and closes its reader.
   *
   * @throws IOException if the connector does not let go; its reader and memory are then left to it
   */
  @Override
  public void close() throws IOException {
    if (closed) {
      return;
    }
    closed = true;
    stopped = true;
    thread.interrupt();
    join();
    queue.forEach(PrefetchReader::release);
    queue.clear();
    root.close();
    abandoned = thread.isAlive();
    if (abandoned) {
      throw new IOException("KIT-3013 the connector does not react to being interrupted within " + STOP_SECONDS
          + " s; its thread goes on until it returns");
    }
    closeQuietly();
  }

  private void closeDelegate() throws IOException {
    try {
      Tccl.call(loader, () -> {
        delegate.close();
        return null;
      });
    } catch (IOException | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IOException(e);
    }
  }

  /** Waits although this thread may be interrupted too: only a thread that has ended leaves the connector's memory alone. */
  private void join() {
    boolean interrupted = Thread.interrupted();
    try {
      thread.join(TimeUnit.SECONDS.toMillis(STOP_SECONDS));
    } catch (InterruptedException e) {
      interrupted = true;
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static void release(Item item) {
    if (item.batch() != null) {
      item.batch().close();
    }
  }
}
