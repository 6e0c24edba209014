package io.connectorkit.connector.jdbc;

import io.connectorkit.api.BatchSource;
import io.connectorkit.api.ConnectorContext;
import io.connectorkit.api.TableInfo;
import io.connectorkit.api.WriteMode;
import io.connectorkit.api.WriteRequest;
import io.connectorkit.api.WriteResult;
import io.connectorkit.contract.ConnectorProbe;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;

/** One batch, as the host hands it over. */
record TestWrite(ConnectorContext context, TableInfo table, WriteMode mode, boolean dryRun, String idempotencyKey, VectorSchemaRoot batch)
    implements WriteRequest {

  /**
   * Writes rows.
   *
   * @param columns those that the rows have, in order
   */
  static WriteResult write(ConnectorProbe probe, JdbcConnector connector, String table, WriteMode mode, boolean dryRun, String key, List<String> columns,
      Object[]... rows) throws IOException {
    TableInfo info = probe.table(connector, table);
    List<Field> fields = columns.stream().map(info.schema()::findField)
        .map(field -> new Field(field.getName(), new FieldType(true, field.getType(), null, field.getMetadata()), field.getChildren())).toList();
    TableInfo given = TableInfo.table("rows").columns(new org.apache.arrow.vector.types.pojo.Schema(fields)).build();
    BatchSource.Batches source = (BatchSource.Batches) BatchSource.rows(probe.request(given, rows.length), Stream.of(rows));
    try (ArrowReader reader = source.reader()) {
      reader.loadNextBatch();
      return connector.write(new TestWrite(probe.context(), info, mode, dryRun, key, reader.getVectorSchemaRoot()));
    }
  }

  @Override
  public long firstRow() {
    return 1;
  }
}
