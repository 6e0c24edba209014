package io.connectorkit.runtime.internal.write;

import io.connectorkit.api.Capability;
import io.connectorkit.api.ConnectorContext;
import io.connectorkit.api.TableInfo;
import io.connectorkit.api.WriteMode;
import io.connectorkit.api.Writes;
import io.connectorkit.host.KitException;
import io.connectorkit.host.WriteOrder;
import io.connectorkit.host.WriteRecord;
import io.connectorkit.host.WriteRecord.Outcome;
import io.connectorkit.runtime.internal.analytics.ReadSessions;
import io.connectorkit.runtime.internal.extract.CallContext;
import io.connectorkit.runtime.internal.extract.Engine;
import io.connectorkit.runtime.internal.extract.Listeners;
import io.connectorkit.runtime.internal.extract.Redaction;
import io.connectorkit.runtime.internal.extract.Retold;
import io.connectorkit.runtime.internal.extract.RunCancellation;
import io.connectorkit.runtime.internal.extract.TableChoice;
import io.connectorkit.runtime.internal.extract.ThreadLimit;
import io.connectorkit.runtime.internal.registry.Instance;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ScheduledFuture;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.OutOfMemoryException;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One write, from the query to the last batch. */
final class WriteRun {

  private static final Logger LOG = LoggerFactory.getLogger(WriteRun.class);

  private final Engine engine;
  private final ReadSessions sessions;
  private final Instance instance;
  private final WriteOrder order;
  private final String write;
  private final RunCancellation cancellation;
  private final Listeners listeners;
  private final ThreadLimit threadLimit;

  WriteRun(Engine engine, ReadSessions sessions, Instance instance, WriteOrder order, String write, RunCancellation cancellation,
      Listeners listeners) {
    this.engine = engine;
    this.sessions = sessions;
    this.instance = instance;
    this.order = order;
    this.write = write;
    this.cancellation = cancellation;
    this.listeners = listeners;
    this.threadLimit = new ThreadLimit(instance, engine.connectorThreads(), cancellation);
  }

  /** What the connector says that it can do with the table. */
  private record Ability(Set<WriteMode> modes, int batchSize) {}

  /**
   * Writes; what goes wrong once rows are on their way is in the record.
   *
   * @throws KitException if no row was sent
   */
  WriteRecord execute() throws Exception {
    TableInfo table = table();
    Tally tally = new Tally(write, order, instance, table.viewName());
    Runnable interrupt = Thread.currentThread()::interrupt;
    BufferAllocator memory = engine.allocate(instance.name() + " write");
    BufferAllocator calls = memory.newChildAllocator(instance.name() + "." + table.viewName() + " write", 0, memory.getLimit());
    ScheduledFuture<?> threads = engine.watch(threadLimit);
    try (BatchSending sending = new BatchSending(engine, instance, cancellation);
        SourceRows rows = new SourceRows(sessions, order.sql(), table, cancellation);
        CallContext context = new CallContext(instance, calls, engine.duckDb(), cancellation, engine.scopes(), CallContext.Progress.NONE)) {
      cancellation.onCancel(interrupt);
      Ability ability = ability(sending, table);
      rows.query(order.mode(), memory);
      tally.expect(rows.count());
      listeners.started(write, List.of(table.viewName()));
      return send(table, ability, rows, sending, context, memory, tally);
    } catch (KitException e) {
      throw cancellation.cancelled() ? new KitException("KIT-3046", WriteColumns.where(table) + "cancelled before any row was sent", e) : e;
    } finally {
      threads.cancel(false);
      cancellation.forget(interrupt);
      // Whatever interrupts this thread later is not meant for what it does next.
      Thread.interrupted();
      close(memory, calls, table);
    }
  }

  private TableInfo table() {
    TableChoice choice = TableChoice.of(engine.discovery().discover(instance, cancellation), List.of(order.table()),
        instance.declaration().capabilities(), table -> Capability.WRITE);
    if (choice.tables().isEmpty()) {
      String reason = choice.refused().values().iterator().next();
      throw new KitException(reason.substring(0, 8), reason.substring(9));
    }
    TableInfo table = choice.tables().get(0);
    WritePermission.require(instance, table);
    if (order.mode().byKey() && table.primaryKey().isEmpty()) {
      throw new KitException("KIT-3041", WriteColumns.where(table) + order.mode().label() + " finds rows by their primary key, and the table has"
          + " none; use append, or another table");
    }
    return table;
  }

  private Ability ability(BatchSending sending, TableInfo table) throws Exception {
    Writes connector = (Writes) instance.connector();
    Ability ability;
    try {
      ability = sending.ask(() -> {
        Set<WriteMode> modes = EnumSet.noneOf(WriteMode.class);
        modes.addAll(connector.modes(table));
        return new Ability(modes, connector.batchSize(table));
      });
    } catch (KitException e) {
      throw e;
    } catch (Exception | LinkageError | StackOverflowError e) {
      throw new KitException("KIT-3045", WriteColumns.where(table) + "the connector cannot say what it takes: " + Redaction.withVariables(e, instance), e);
    }
    if (ability.batchSize() < 1) {
      throw new KitException("KIT-3045", WriteColumns.where(table) + "the connector takes " + ability.batchSize() + " rows at a time; correct the connector");
    }
    if (!ability.modes().contains(order.mode())) {
      throw new KitException("KIT-3041", WriteColumns.where(table) + "the connector cannot " + order.mode().label() + " rows of this table; it can "
          + ability.modes().stream().map(WriteMode::label).toList());
    }
    return ability;
  }

  private WriteRecord send(TableInfo table, Ability ability, SourceRows rows, BatchSending sending, ConnectorContext context,
      BufferAllocator memory, Tally tally) {
    IdempotencyKeys keys = new IdempotencyKeys(write, order.dryRun(), instance.name() + '\n' + table.sourceId() + '\n' + order.mode());
    int size = Math.min(ability.batchSize(), engine.batchSize());
    long bytes = 0;
    Batch batch = null;
    try {
      for (VectorSchemaRoot next; (next = rows.next(size, memory)) != null;) {
        long firstRow = tally.answered() + 1;
        batch = new Batch(context, table, order.mode(), order.dryRun(), keys.of(firstRow, next), firstRow, next);
        bytes += next.getFieldVectors().stream().mapToLong(FieldVector::getBufferSize).sum();
        tally.add(batch, sending.send(batch));
        batch.release();
        batch = null;
        long sent = bytes;
        listeners.progress(table.viewName(), tally.answered(), () -> sent);
      }
      return tally.ended();
    } catch (Exception | LinkageError | OutOfMemoryError | StackOverflowError e) {
      LOG.debug("{}.{}: write {} failed", instance.name(), table.viewName(), write, Retold.of(e, instance));
      return tally.ended(cancellation.cancelled() && threadLimit.exceeded().isEmpty() ? Outcome.CANCELLED : Outcome.FAILED, error(table, batch, e));
    } finally {
      if (batch != null) {
        batch.release();
      }
    }
  }

  /** What happened, which rows it concerns, and how to go on. */
  private String error(TableInfo table, Batch batch, Throwable e) {
    String reason = !threadLimit.exceeded().isEmpty() ? threadLimit.exceeded() : cancellation.cancelled() ? "cancelled"
        : e instanceof OutOfMemoryException ? "the write needs more Arrow memory than run.memory.mib allows" : Redaction.withVariables(e, instance);
    if (batch == null) {
      return "KIT-3046 " + WriteColumns.where(table) + reason;
    }
    return "KIT-3046 " + WriteColumns.where(table) + reason + "; " + batch.numbers() + (order.dryRun() ? " were not checked to their end"
        : " may be written or not, those before them are dealt with; write again with the id " + write
            + ", by which the source can tell what it has taken");
  }

  /** A connector that keeps memory is named; one that was given up goes on using what it has. */
  private void close(BufferAllocator memory, BufferAllocator calls, TableInfo table) {
    if (calls.getAllocatedMemory() > 0) {
      LOG.warn("KIT-3010 {}.{}: the connector did not release {} bytes of Arrow memory; it must close what it allocates", instance.name(),
          table.viewName(), calls.getAllocatedMemory());
      return;
    }
    calls.close();
    if (memory.getAllocatedMemory() == 0) {
      memory.close();
    }
  }
}
