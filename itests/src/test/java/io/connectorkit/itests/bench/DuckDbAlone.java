package io.connectorkit.itests.bench;

import java.nio.file.Path;
import java.sql.Statement;
import java.time.Duration;
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
    long start = System.nanoTime();
    try (BufferAllocator allocator = new RootAllocator();
        DuckDBConnection connection = (DuckDBConnection) new DuckDBDriver().connect("jdbc:duckdb:", new Properties());
        ShapedReader reader = new ShapedReader(allocator, shape, rows, batchSize, Duration.ZERO);
        ArrowArrayStream stream = ArrowArrayStream.allocateNew(allocator);
        Statement statement = connection.createStatement()) {
      Data.exportArrayStream(allocator, reader, stream);
      connection.registerArrowStream("rows", stream);
      statement.execute("COPY (SELECT * FROM rows) TO '" + parquet + "' (FORMAT parquet, COMPRESSION zstd)");
    }
    return (System.nanoTime() - start) / 1e9;
  }
}
