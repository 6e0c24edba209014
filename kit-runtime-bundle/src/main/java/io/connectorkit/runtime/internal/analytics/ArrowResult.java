package io.connectorkit.runtime.internal.analytics;

import io.connectorkit.host.KitException;
import io.connectorkit.runtime.internal.duckdb.ArrowMemory;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.ipc.ArrowStreamWriter;
import org.duckdb.DuckDBResultSet;

/** Writes a result in Arrow's IPC stream format, batch by batch as DuckDB makes them. */
final class ArrowResult {

  private static final long BATCH_ROWS = 8_192;
  private static final long MEMORY = 256L << 20;

  private final ArrowMemory memory;

  ArrowResult(ArrowMemory memory) {
    this.memory = memory;
  }

  void write(DuckDBResultSet result, long limit, OutputStream out) throws SQLException {
    try (BufferAllocator allocator = memory.allocate("query", MEMORY);
        ArrowReader reader = (ArrowReader) result.arrowExportStream(allocator, BATCH_ROWS);
        ArrowStreamWriter writer = new ArrowStreamWriter(reader.getVectorSchemaRoot(), reader, out)) {
      long rows = 0;
      while (reader.loadNextBatch()) {
        rows += reader.getVectorSchemaRoot().getRowCount();
        if (limit > 0 && rows > limit) {
          throw new KitException("KIT-5004", "the result has more than " + limit + " rows; ask for less, or for JSON, which is cut there");
        }
        writer.writeBatch();
      }
      writer.end();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
