package io.connectorkit.runtime.internal.extract;

import io.connectorkit.api.Changes;
import io.connectorkit.api.TableInfo;
import io.connectorkit.host.KitException;
import io.connectorkit.runtime.internal.config.TableOptions;
import io.connectorkit.runtime.internal.duckdb.Sql;
import io.connectorkit.runtime.internal.increment.ReadPlan;
import io.connectorkit.runtime.internal.registry.Instance;
import io.connectorkit.runtime.internal.store.ExtractContent;
import io.connectorkit.runtime.internal.store.ExtractLock;
import io.connectorkit.runtime.internal.store.ExtractStore;
import io.connectorkit.runtime.internal.store.Trail;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.apache.arrow.memory.BufferAllocator;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Publishes the changes of streams, a batch at a time, without a run: all tables of a batch in one commit, together with marks that say how far
 * the stream has come. A batch may be published while a run of the instance goes on, see {@link Rebase}. Safe from any thread; batches of one
 * instance follow each other.
 */
@Component(service = ChangePublisher.class)
public final class ChangePublisher {

  /** The files of a minute share a folder. */
  private static final DateTimeFormatter FOLDER = DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmm").withZone(ZoneOffset.UTC);
  private static final long SWEEP_SECONDS = 60;
  private static final int PATIENCE_SECONDS = 15;

  private final Engine engine;
  private final AtomicLong number = new AtomicLong(System.currentTimeMillis());
  private final Map<String, Instant> swept = new ConcurrentHashMap<>();

  @Activate
  public ChangePublisher(@Reference Engine engine) {
    this.engine = engine;
  }

  /** The marks that were committed last. */
  public Map<String, String> marks(String instance) {
    return engine.store(instance).load().marks();
  }

  /**
   * Publishes a batch, or nothing of it. When it returns, the rows can be queried, in the instance's extract and in the database over all.
   *
   * @param tables those of the instance that the operator wants; changes of others are dropped
   * @param changes in order; none to commit the marks alone. An upsert that is older by its incremental column than what is published is
   *     ignored
   * @param marks to be set, by name; an empty one takes a mark away, others stay
   * @throws io.connectorkit.api.ConnectorException if a change does not fit its table
   * @throws CancellationException if the thread is interrupted
   * @throws KitException KIT-3002 if somebody else publishes for too long, KIT-4003 if the extract cannot be written, and as runs do
   */
  public void publish(Instance instance, List<TableInfo> tables, Changes changes, Map<String, String> marks) {
    ExtractStore store = engine.store(instance.name());
    Trail trail = engine.trail(instance.name());
    String run = ExtractContent.STREAMS + FOLDER.format(Instant.now()) + "/" + Long.toString(number.incrementAndGet(), Character.MAX_RADIX);
    try (ExtractLock publishing = ExtractLock.publishing(store.paths())) {
      ExtractContent present = engine.analytics().current(instance.name());
      ChangeBatch batch = new ChangeBatch(engine.duckDb(), trail, store.paths(), run, engine.journal(instance.name()), present);
      write(instance, tables, changes, batch);
      trail.reached("stream.written");
      ExtractContent next = present.next(batch.tables(), present.runs(), Instant.now()).with(merged(present.marks(), marks));
      new Publisher(engine.duckDb(), engine.analytics(), store, trail, new RunCancellation()).publish(present, next, run, batch::published);
      trail.reached("stream.published");
      sweep(instance.name(), store);
    } catch (RuntimeException e) {
      throw e;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("cancelled by the host");
    } catch (Exception e) {
      throw new KitException("KIT-4003", "the changes of a stream cannot be published in " + store.paths().root() + ": " + Sql.firstLine(e)
          + "; nothing of them is, check the disk", e);
    }
  }

  private void write(Instance instance, List<TableInfo> tables, Changes changes, ChangeBatch batch) throws Exception {
    Map<String, List<Changes.Change>> byTable = changes.list().stream().collect(Collectors.groupingBy(Changes.Change::table));
    List<TableInfo> concerned = tables.stream().filter(table -> byTable.containsKey(table.sourceId())).toList();
    BufferAllocator allocator = engine.allocate(instance.name() + " changes");
    ExecutorService threads = Executors.newFixedThreadPool(engine.parallelTables(), new NamedThreads("kit-stream-" + instance.name()));
    try (CallContext context = new CallContext(instance, allocator, engine.duckDb(), new RunCancellation(), engine.scopes(),
        CallContext.Progress.NONE)) {
      for (Future<Void> table : threads.invokeAll(concerned.stream().map(table -> (Callable<Void>) () -> {
        TableOptions options = instance.config().file().options(table);
        batch.add(table, options, last -> ReadPlan.of(table, options, last, instance.meaning(), false, Instant.now()),
            byTable.get(table.sourceId()), context);
        return null;
      }).toList())) {
        table.get();
      }
    } catch (ExecutionException e) {
      throw e.getCause() instanceof Exception own ? own : e;
    } finally {
      threads.shutdownNow();
      threads.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS);
      TableRead.close(allocator, instance, "changes");
    }
  }

  private static Map<String, String> merged(Map<String, String> present, Map<String, String> marks) {
    Map<String, String> all = new HashMap<>(present);
    all.putAll(marks);
    all.values().removeIf(String::isEmpty);
    return all;
  }

  private void sweep(String instance, ExtractStore store) throws IOException {
    Instant now = Instant.now();
    Instant last = swept.putIfAbsent(instance, now);
    if (last != null && last.plusSeconds(SWEEP_SECONDS).isBefore(now)) {
      swept.put(instance, now);
      store.sweepStreams(engine.analytics().current(instance), engine.grace());
    }
  }
}
