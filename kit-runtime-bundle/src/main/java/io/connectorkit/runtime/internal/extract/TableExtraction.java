package io.connectorkit.runtime.internal.extract;

import io.connectorkit.api.BatchSource;
import io.connectorkit.api.ReadRequest;
import io.connectorkit.api.Reads;
import io.connectorkit.api.Watermark;
import io.connectorkit.host.KitException;
import io.connectorkit.runtime.internal.duckdb.DuckDb;
import io.connectorkit.runtime.internal.duckdb.Sql;
import io.connectorkit.runtime.internal.isolation.Tccl;
import io.connectorkit.runtime.internal.schema.SchemaPlan;
import io.connectorkit.runtime.internal.store.Trail;
import io.connectorkit.runtime.internal.types.Columns;
import io.connectorkit.runtime.internal.types.DeliveredTypes;
import io.connectorkit.runtime.internal.types.QueryTypes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import org.apache.arrow.c.ArrowArrayStream;
import org.apache.arrow.c.Data;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.dictionary.DictionaryProvider;
import org.apache.arrow.vector.types.pojo.Schema;
import org.duckdb.DuckDBConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings the rows of one table into one Parquet file. */
final class TableExtraction {

  private static final Logger LOG = LoggerFactory.getLogger(TableExtraction.class);
  private static final String STREAM = "connector_stream";

  private final Reads connector;
  private final ReadRequest request;
  private final DuckDb duckDb;
  private final Publishable publishable;
  private final RunCancellation cancellation;
  private final LongConsumer progress;
  private final Trail trail;
  private final AtomicReference<Throwable> stopped = new AtomicReference<>();
  private final AtomicReference<PrefetchReader> reading = new AtomicReference<>();
  private final long start = System.nanoTime();
  private volatile long asked;
  private volatile boolean waiting;

  /**
   * Prepares the table.
   *
   * @param publishable what its rows have to be like
   * @param cancellation that of this table alone, the one that the request shows to the connector
   * @param progress gets the rows read so far; called for each batch
   */
  TableExtraction(Reads connector, ReadRequest request, DuckDb duckDb, Publishable publishable, RunCancellation cancellation,
      LongConsumer progress, Trail trail) {
    this.connector = connector;
    this.request = request;
    this.duckDb = duckDb;
    this.publishable = publishable;
    this.cancellation = cancellation;
    this.progress = rows -> {
      trail.reached("table.batch");
      progress.accept(rows);
    };
    this.trail = trail;
  }

  /**
   * What the file holds.
   *
   * @param full whether these are all rows of the table
   * @param watermark that the connector gave; null if it gave none
   */
  record Written(long rows, SchemaPlan plan, boolean full, Watermark watermark) {}

  /** Ends it from another thread; {@link #to} then throws the first such reason. */
  void stop(Throwable reason) {
    stopped.compareAndSet(null, reason);
    cancellation.cancel();
  }

  /** Ends it if it takes too long. */
  void check(Limits limits) {
    PrefetchReader reader = reading.get();
    String table = "table '" + request.table().viewName() + "'";
    if (waiting && Limits.exceeded(limits.stall(), System.nanoTime() - asked)) {
      stop(new KitException("KIT-3014", table + ": read() has not returned for " + limits.stall().toSeconds()
          + " s; check the source, or raise run.stall.seconds"));
    } else if (reader != null && Limits.exceeded(limits.stall(), reader.waitingNanos())) {
      stop(new KitException("KIT-3014", table + ": no batch for " + limits.stall().toSeconds()
          + " s; check the source, or raise run.stall.seconds"));
    } else if (Limits.exceeded(limits.deadline(), System.nanoTime() - start)) {
      stop(new KitException("KIT-3015", table + ": not read to its end within " + limits.deadline().toMinutes()
          + " min; check the source, or raise run.deadline.minutes"));
    }
  }

  Written to(Path parquet) throws Exception {
    Thread runner = Thread.currentThread();
    cancellation.onCancel(runner::interrupt);
    try (DuckDBConnection session = duckDb.open()) {
      cancellation.check();
      trail.reached("table.begun");
      DeliveredTypes.of(request.table().viewName(), request.table().schema(), null);
      BatchSource source = source();
      boolean full = request.watermark().isEmpty() || source.end().mode() == BatchSource.Mode.FULL;
      Written written = source instanceof BatchSource.Batches batches
          ? fromBatches(session, batches, full, parquet)
          : fromQuery(session, (BatchSource.Query) source, full, parquet);
      trail.reached("table.written");
      return written;
    } catch (Exception | LinkageError | OutOfMemoryError | StackOverflowError e) {
      // What it has written so far takes up space that others may need.
      Files.deleteIfExists(parquet);
      if (stopped.get() instanceof Exception reason) {
        throw reason;
      }
      throw e;
    } finally {
      // Whatever interrupts this thread later is not meant for what it does next.
      cancellation.close();
      Thread.interrupted();
    }
  }

  /** Hears that the connector is at work, although there are no rows yet. */
  void alive() {
    asked = System.nanoTime();
  }

  private BatchSource source() throws Exception {
    asked = System.nanoTime();
    waiting = true;
    BatchSource source = ConnectorCall.of("kit-ask-" + request.context().instance(), connector.getClass().getClassLoader(),
        () -> connector.read(request), TableExtraction::close);
    waiting = false;
    if (source == null) {
      throw new KitException("KIT-3027", "table '" + request.table().viewName() + "': the connector answers read() with null; correct the connector");
    }
    return source;
  }

  /** What came too late. */
  private static void close(BatchSource source) {
    if (source instanceof BatchSource.Batches batches) {
      try {
        batches.reader().close();
      } catch (IOException | RuntimeException e) {
        LOG.warn("KIT-3013 a reader that came late cannot be closed: {}", e.getClass().getName());
      }
    }
  }

  private Written fromBatches(DuckDBConnection session, BatchSource.Batches source, boolean full, Path parquet) throws Exception {
    BufferAllocator allocator = request.context().allocator();
    String name = "kit-read-" + request.context().instance() + "-" + request.table().viewName();
    ClassLoader loader = connector.getClass().getClassLoader();
    try (PrefetchReader reader = new PrefetchReader(name, source.reader(), allocator, loader, this::agreed, progress);
        ArrowArrayStream stream = ArrowArrayStream.allocateNew(allocator)) {
      SchemaPlan plan = publishable.plan(reader.getVectorSchemaRoot().getSchema());
      reading.set(reader);
      cancellation.onCancel(() -> reader.stop(stopped.get()));
      try {
        Data.exportArrayStream(allocator, reader, stream);
        session.registerArrowStream(STREAM, stream);
        long rows = copy(session, publishable.rows(plan, STREAM, full), List.of(), parquet, true);
        return new Written(rows, plan, full, watermark(source));
      } catch (SQLException | RuntimeException e) {
        Throwable own = reader.failure();
        if (own instanceof Error error) {
          throw error;
        }
        throw own == null ? e : (Exception) own;
      }
    }
  }

  private Written fromQuery(DuckDBConnection session, BatchSource.Query query, boolean full, Path parquet) throws Exception {
    DeliveredTypes types = agreed(Sql.describe(session, query, request.context().allocator()), null);
    QueryTypes stored = QueryTypes.of(session, query, types);
    SchemaPlan plan = publishable.plan(stored.schema());
    long rows = copy(session, publishable.rows(plan, "(" + stored.sql() + ")", full), query.parameters(), parquet, query.ordered() || !full);
    return new Written(rows, plan, full, watermark(query));
  }

  /** Where the connector says that the next read goes on; asked after the last row. */
  private Watermark watermark(BatchSource source) throws Exception {
    Supplier<Watermark> supplier = source.end().watermark();
    return supplier == null ? null : Tccl.call(connector.getClass().getClassLoader(), supplier::get);
  }

  private long copy(DuckDBConnection session, String select, List<Object> parameters, Path parquet, boolean ordered)
      throws SQLException {
    try (PreparedStatement statement = Sql.prepare(session, Sql.toParquet(select, parquet, ordered), parameters)) {
      Runnable cancel = () -> {
        try {
          statement.cancel();
        } catch (SQLException e) {
          throw new IllegalStateException(e);
        }
      };
      cancellation.onCancel(cancel);
      try {
        return statement.executeLargeUpdate();
      } finally {
        cancellation.forget(cancel);
      }
    }
  }

  /** What becomes of the delivered columns, if they are those that discovery promised, encoded or not: all, or only the wanted ones. */
  private DeliveredTypes agreed(Schema delivered, DictionaryProvider dictionaries) {
    DeliveredTypes types = DeliveredTypes.of(request.table().viewName(), delivered, dictionaries);
    String promised = Columns.text(request.table().schema());
    String wanted = Columns.text(new Schema(request.columns().stream().map(request.table().schema()::findField).toList()));
    List<String> actual = List.of(Columns.text(delivered), Columns.text(types.plain()));
    if (!actual.contains(promised) && !actual.contains(wanted)) {
      throw new KitException("KIT-3005", "table '" + request.table().viewName() + "': the connector promised the columns [" + promised
          + "] and delivers [" + Columns.text(delivered) + "]; it changed under way, so run again, or correct the connector");
    }
    return types;
  }
}
