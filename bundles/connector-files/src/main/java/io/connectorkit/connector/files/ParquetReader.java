package io.connectorkit.connector.files;

import io.connectorkit.api.BatchSource;
import io.connectorkit.api.ConnectorContext;
import io.connectorkit.api.ConnectorException;
import io.connectorkit.api.ReadRequest;
import java.nio.file.Path;
import java.util.List;
import org.apache.arrow.vector.types.pojo.Schema;

/** Parquet, read by DuckDB. */
final class ParquetReader implements FileReader {

  /** Without the folder names that look like partitions: they are no columns of the file. */
  private static final String SQL = "SELECT * FROM read_parquet(?::VARCHAR[], hive_partitioning = false, union_by_name = false)";

  @Override
  public Schema schema(ConnectorContext context, Source source) {
    Schema first = null;
    for (Path file : source.files()) {
      Schema schema;
      try {
        schema = context.describe(BatchSource.query(SQL, List.of(Sql.pattern(file))));
      } catch (ConnectorException e) {
        throw source.failure(Problems.oneLine(e), e);
      }
      first = first == null ? schema : first;
      if (!Source.columns(first).equals(Source.columns(schema))) {
        throw source.failure("the columns of " + file.getFileName() + " (" + Source.columns(schema) + ") are not those of "
            + source.files().get(0).getFileName() + " (" + Source.columns(first) + ")", null);
      }
    }
    return first;
  }

  @Override
  public BatchSource read(ReadRequest request, Source source) {
    return source.guarded(BatchSource.query(SQL, source.patterns()), request.table().schema().getFields().size());
  }
}
