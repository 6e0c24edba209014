package io.connectorkit.runtime.internal.extract;

import io.connectorkit.api.Reads;
import io.connectorkit.api.Split;
import io.connectorkit.api.TableInfo;
import io.connectorkit.host.KitException;
import io.connectorkit.runtime.internal.extract.TableExtraction.Written;
import io.connectorkit.runtime.internal.increment.ReadPlan;
import io.connectorkit.runtime.internal.registry.Instance;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import org.apache.arrow.memory.BufferAllocator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads one table, in as many pieces as its connector cuts it into. */
final class TableRead {

  private static final Logger LOG = LoggerFactory.getLogger(TableRead.class);

  private static final int PATIENCE_SECONDS = 15;

  private final Engine engine;
  private final Instance instance;
  private final Source source;
  private final Publishable publishable;
  private final BufferAllocator memory;
  private final InstanceScope run;
  private final TableInfo table;
  private final Request request;
  private final LongAdder rows = new LongAdder();

  /**
   * Where the rows come from.
   *
   * @param connector or who stands for it
   * @param table as it delivers it
   * @param reads limits how many tables and pieces are read at the same time
   * @param limits of the time that it may take
   */
  record Source(Reads connector, TableInfo table, Semaphore reads, Limits limits) {}

  /**
   * Prepares.
   *
   * @param memory the run's, of which this table takes its part
   * @param run what the calls of the run share
   */
  TableRead(Engine engine, Instance instance, Source source, ReadPlan plan, Publishable publishable, BufferAllocator memory,
      InstanceScope run) {
    this.engine = engine;
    this.instance = instance;
    this.source = source;
    this.publishable = publishable;
    this.memory = memory;
    this.run = run;
    this.table = source.table();
    this.request = new Request(null, table, plan.lower(), publishable.columns(), publishable.pushedDown(plan.lower().isEmpty()), Split.WHOLE,
        engine.batchSize());
  }

  /** The pieces. */
  List<Split> splits(RunCancellation cancellation) throws Exception {
    Reads connector = source.connector();
    Thread thread = Thread.currentThread();
    Runnable interrupt = thread::interrupt;
    cancellation.onCancel(interrupt);
    BufferAllocator allocator = memory.newChildAllocator(instance.name() + "." + table.viewName(), 0, memory.getLimit());
    long begun = System.nanoTime();
    AtomicBoolean late = new AtomicBoolean();
    ScheduledFuture<?> watch = engine.watch(() -> {
      if (Limits.exceeded(engine.limits().stall(), System.nanoTime() - begun)) {
        late.set(true);
        thread.interrupt();
      }
    });
    try (CallContext context = new CallContext(instance, allocator, engine.duckDb(), cancellation, engine.scopes(), run, CallContext.Progress.NONE)) {
      List<Split> splits = ConnectorCall.of("kit-split-" + instance.name(), connector.getClass().getClassLoader(),
          () -> connector.splits(request.of(context, Split.WHOLE)), none -> {});
      if (splits == null || splits.isEmpty()) {
        throw new KitException("KIT-3026", "table '" + table.viewName() + "': the connector cuts it into no piece; correct the connector");
      }
      return List.copyOf(splits);
    } catch (Exception e) {
      throw late.get() ? new KitException("KIT-3014", "table '" + table.viewName() + "': not cut into pieces for "
          + engine.limits().stall().toSeconds() + " s; check the source, or raise run.stall.seconds", e) : e;
    } finally {
      watch.cancel(false);
      cancellation.forget(interrupt);
      // Whatever interrupted this thread is not meant for what it does next.
      Thread.interrupted();
      close(allocator);
    }
  }

  /** Reads all pieces, each into its file; if one fails, the others are given up. */
  Written all(List<Split> splits, List<Path> files, RunCancellation cancellation, Listeners listeners) throws Exception {
    if (splits.size() == 1) {
      return one(splits.get(0), files.get(0), cancellation, listeners);
    }
    ExecutorService threads = Executors.newFixedThreadPool(Math.min(splits.size(), engine.parallelTables()),
        new NamedThreads("kit-split-" + instance.name()));
    try {
      ExecutorCompletionService<Written> pieces = new ExecutorCompletionService<>(threads);
      List<Future<Written>> all = new ArrayList<>();
      for (int i = 0; i < splits.size(); i++) {
        Split split = splits.get(i);
        Path file = files.get(i);
        all.add(pieces.submit(() -> one(split, file, cancellation, listeners)));
      }
      // In the order in which they end, so that a failure is noticed at once.
      for (int i = 0; i < splits.size(); i++) {
        pieces.take().get();
      }
      return together(all);
    } catch (ExecutionException e) {
      cancellation.cancel();
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw (Exception) e.getCause();
    } finally {
      threads.shutdownNow();
      threads.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }
  }

  /** All pieces as one; the last one says where the next read goes on, if the connector says so at all. */
  private Written together(List<Future<Written>> pieces) throws Exception {
    Written first = pieces.get(0).get();
    Written last = first;
    long sum = 0;
    for (Future<Written> piece : pieces) {
      last = piece.get();
      sum += last.rows();
      if (last.full() != first.full() || !last.plan().schema().equals(first.plan().schema())) {
        throw new KitException("KIT-3005", "table '" + table.viewName() + "': its pieces differ in columns or in being full; correct the"
            + " connector");
      }
    }
    return new Written(sum, first.plan(), first.full(), last.watermark());
  }

  private Written one(Split split, Path file, RunCancellation cancellation, Listeners listeners) throws Exception {
    source.reads().acquire();
    try {
      return read(split, file, cancellation, listeners);
    } finally {
      source.reads().release();
    }
  }

  private Written read(Split split, Path file, RunCancellation cancellation, Listeners listeners) throws Exception {
    BufferAllocator allocator = memory.newChildAllocator(instance.name() + "." + table.viewName(), 0, memory.getLimit());
    RunCancellation own = new RunCancellation();
    AtomicLong told = new AtomicLong();
    AtomicReference<TableExtraction> extracting = new AtomicReference<>();
    CallContext context = new CallContext(instance, allocator, engine.duckDb(), own, engine.scopes(), run, (done, expected) -> {
      extracting.get().alive();
      listeners.work(table.viewName(), done, expected);
    });
    TableExtraction extraction = new TableExtraction(source.connector(), request.of(context, split), engine.duckDb(), publishable, own,
        sofar -> {
          rows.add(sofar - told.getAndSet(sofar));
          listeners.progress(table.viewName(), rows.sum(), file);
        }, engine.trail(instance.name()));
    extracting.set(extraction);
    Runnable cancel = () -> extraction.stop(new CancellationException("cancelled by the host"));
    ScheduledFuture<?> watch = engine.watch(() -> extraction.check(source.limits()));
    cancellation.onCancel(cancel);
    try {
      return extraction.to(file);
    } finally {
      cancellation.forget(cancel);
      watch.cancel(false);
      context.close();
      close(allocator);
    }
  }

  private void close(BufferAllocator allocator) {
    close(allocator, instance, table.viewName());
  }

  /** Closes the memory of a call, and names the connector if it kept some. */
  static void close(BufferAllocator allocator, Instance instance, String what) {
    try {
      allocator.close();
    } catch (IllegalStateException e) {
      LOG.warn("KIT-3010 {}.{}: the connector did not release {} bytes of Arrow memory; it must close what it allocates",
          instance.name(), what, allocator.getAllocatedMemory());
    }
  }
}
