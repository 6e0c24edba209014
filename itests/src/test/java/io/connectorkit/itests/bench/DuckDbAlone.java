package io.connectorkit.itests.bench;

import java.nio.file.Path;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import org.apache.arrow.c.ArrowArrayStream;
import org.apache.arrow.c.Data;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.duckdb.DuckDBConnection;
import org.duckdb.DuckDBDriver;

/** The limit that the host is held against: the same rows into the same kind of file by DuckDB and nothing else. */
final class DuckDbAlone {

  private DuckDbAlone() {}

  /** Writes the rows; gives the seconds it took. */
  static double write(Shape shape, long rows, int batchSize, Path parquet) throws Exception {
    return write(shape, rows, batchSize, List.of(parquet));
  }

  /** Writes the same rows into each of several files. */
  static double write(Shape shape, long rows, int batchSize, List<Path> files) throws Exception {
    long start = System.nanoTime();
    try (BufferAllocator allocator = new RootAllocator();
        DuckDBConnection connection = (DuckDBConnection) new DuckDBDriver().connect("jdbc:duckdb:", new Properties())) {
      for (Path file : files) {
        write(allocator, connection, new ShapedReader(allocator, shape, 0, rows, batchSize, Duration.ZERO), file);
      }
    }
    return (System.nanoTime() - start) / 1e9;
  }

  private static void write(BufferAllocator allocator, DuckDBConnection connection, ShapedReader rows, Path parquet) throws Exception {
    try (rows; ArrowArrayStream stream = ArrowArrayStream.allocateNew(allocator); Statement statement = connection.createStatement()) {
      Data.exportArrayStream(allocator, rows, stream);
      connection.registerArrowStream("rows", stream);
      statement.execute("COPY (SELECT * FROM rows) TO '" + parquet + "' (FORMAT parquet, COMPRESSION zstd, WRITE_BLOOM_FILTER false)");
    }
  }
}
