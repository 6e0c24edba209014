package io.connectorkit.runtime.internal.extract;

import io.connectorkit.api.BatchSource;
import io.connectorkit.api.ReadRequest;
import io.connectorkit.api.Reads;
import io.connectorkit.api.TableInfo;
import io.connectorkit.host.KitException;
import io.connectorkit.runtime.internal.duckdb.DuckDb;
import io.connectorkit.runtime.internal.duckdb.Sql;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;
import org.apache.arrow.c.ArrowArrayStream;
import org.apache.arrow.c.Data;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.duckdb.DuckDBConnection;

/** Brings the rows of one table into one Parquet file. */
final class TableExtraction {

  private static final String STREAM = "connector_stream";

  private final Reads connector;
  private final ReadRequest request;
  private final DuckDb duckDb;
  private final RunCancellation cancellation;
  private final LongConsumer progress;

  /**
   * Prepares the table.
   *
   * @param progress gets the rows read so far; called for each batch
   */
  TableExtraction(Reads connector, ReadRequest request, DuckDb duckDb, RunCancellation cancellation, LongConsumer progress) {
    this.connector = connector;
    this.request = request;
    this.duckDb = duckDb;
    this.cancellation = cancellation;
    this.progress = progress;
  }

  /** Rows and schema of the file. */
  record Written(long rows, Schema schema) {}

  Written to(Path parquet) throws Exception {
    TableInfo table = request.table();
    TypeRules.check(table.viewName(), table.schema());
    BatchSource source = Tccl.call(connector.getClass().getClassLoader(), () -> connector.read(request));
    try (DuckDBConnection session = duckDb.open()) {
      Written written = source instanceof BatchSource.Batches batches
          ? fromBatches(session, batches.reader(), parquet)
          : fromQuery(session, (BatchSource.Query) source, parquet);
      verify(session, parquet, written.rows());
      return written;
    }
  }

  private Written fromBatches(DuckDBConnection session, ArrowReader source, Path parquet) throws Exception {
    BufferAllocator allocator = request.context().allocator();
    try (source;
        GuardReader reader = new GuardReader(source, allocator, connector.getClass().getClassLoader(), cancellation, progress);
        ArrowArrayStream stream = ArrowArrayStream.allocateNew(allocator)) {
      Schema schema = agreed(reader.getVectorSchemaRoot().getSchema());
      try {
        Data.exportArrayStream(allocator, reader, stream);
        session.registerArrowStream(STREAM, stream);
        long rows = copy(session, "SELECT * FROM " + STREAM, List.of(), parquet);
        return new Written(rows, schema);
      } catch (SQLException | RuntimeException e) {
        Throwable own = reader.failure();
        if (own instanceof Exception exception) {
          throw exception;
        }
        if (own instanceof Error error) {
          throw error;
        }
        throw e;
      }
    }
  }

  private Written fromQuery(DuckDBConnection session, BatchSource.Query query, Path parquet) throws SQLException {
    Schema schema = agreed(Sql.describe(session, query, request.context().allocator()));
    return new Written(copy(session, query.sql(), query.parameters(), parquet), schema);
  }

  private long copy(DuckDBConnection session, String select, List<Object> parameters, Path parquet) throws SQLException {
    String sql = "COPY (" + select + ") TO " + DuckDb.literal(parquet.toString()) + " (FORMAT parquet, COMPRESSION zstd)";
    try (PreparedStatement statement = Sql.prepare(session, sql, parameters)) {
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

  /** The delivered schema, if its columns are those that discovery promised. */
  private Schema agreed(Schema delivered) {
    String promised = columns(request.table().schema());
    String actual = columns(delivered);
    if (!promised.equals(actual)) {
      throw new KitException("KIT-3005", "table '" + request.table().viewName() + "': the connector promised the columns [" + promised
          + "] and delivers [" + actual + "]; it changed under way, so run again, or correct the connector");
    }
    return delivered;
  }

  private static String columns(Schema schema) {
    return schema.getFields().stream().map(TableExtraction::column).collect(Collectors.joining(", "));
  }

  private static String column(Field field) {
    String children = field.getChildren().stream().map(TableExtraction::column).collect(Collectors.joining(", "));
    return field.getName() + " " + field.getType() + (children.isEmpty() ? "" : "<" + children + ">");
  }

  private static void verify(DuckDBConnection session, Path parquet, long rows) throws SQLException {
    String sql = "SELECT num_rows FROM parquet_file_metadata(" + DuckDb.literal(parquet.toString()) + ")";
    try (var statement = session.createStatement(); var result = statement.executeQuery(sql)) {
      result.next();
      if (result.getLong(1) != rows) {
        throw new KitException("KIT-3006", parquet + " holds " + result.getLong(1) + " rows of " + rows + "; run again, and check the disk");
      }
    }
  }
}
