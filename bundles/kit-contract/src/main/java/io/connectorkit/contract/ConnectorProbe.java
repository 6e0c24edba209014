package io.connectorkit.contract;

import io.connectorkit.api.BatchSource;
import io.connectorkit.api.ConnectorContext;
import io.connectorkit.api.Discovers;
import io.connectorkit.api.HttpOptions;
import io.connectorkit.api.ReadRequest;
import io.connectorkit.api.Reads;
import io.connectorkit.api.Split;
import io.connectorkit.api.TableInfo;
import java.io.IOException;
import java.lang.System.Logger;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * Uses a connector as the host does: one configured instance with a real DuckDB in memory. For one thread, except for {@link #cancel};
 * closing it fails if Arrow memory is left over.
 */
public final class ConnectorProbe implements AutoCloseable {

  private static final Logger LOG = System.getLogger("io.connectorkit.instance.probe");

  private final BufferAllocator root = new RootAllocator();
  private final BufferAllocator allocator = root.newChildAllocator("connector", 0, Long.MAX_VALUE);
  private final ProbeCancellation cancellation = new ProbeCancellation();
  private final Duck duck = new Duck();
  private final ProbeContext context;

  /**
   * Sets up an instance named {@code probe}.
   *
   * @param settings the {@code config} section, defaults filled in
   * @param secrets the values of the environment variables that {@code connector.yaml} declares
   */
  public ConnectorProbe(Map<String, Object> settings, Map<String, String> secrets) {
    this(settings, secrets, HttpOptions.DEFAULT);
  }

  /** The same for a connector that speaks HTTP, with the options that the section {@code http} of its {@code connector.yaml} gives. */
  public ConnectorProbe(Map<String, Object> settings, Map<String, String> secrets, HttpOptions http) {
    this(settings, secrets, http, LOG, Subject.Surroundings.PLAIN.folder());
  }

  /** The same for a connector to which an operator gives files, with the folder that they lie in. */
  public ConnectorProbe(Map<String, Object> settings, Map<String, String> secrets, Path folder) {
    this(settings, secrets, HttpOptions.DEFAULT, LOG, folder);
  }

  /** The same with another log. */
  ConnectorProbe(Map<String, Object> settings, Map<String, String> secrets, HttpOptions http, Logger log, Path folder) {
    context = new ProbeContext(settings, secrets, http, allocator, cancellation, duck, log, folder);
  }

  /** The instance, to call a connector with. */
  public ConnectorContext context() {
    return context;
  }

  /** Cancels all calls of this instance, from any thread. */
  public void cancel() {
    cancellation.cancel();
  }

  /** The tables that a connector lists. */
  public List<TableInfo> discover(Discovers connector) {
    return connector.discover(context);
  }

  /**
   * One of the tables that a connector lists.
   *
   * @throws NoSuchElementException if none has that view name
   */
  public TableInfo table(Discovers connector, String viewName) {
    List<TableInfo> tables = discover(connector);
    return tables.stream().filter(table -> table.viewName().equals(viewName)).findFirst().orElseThrow(() ->
        new NoSuchElementException("no table '" + viewName + "' among " + tables.stream().map(TableInfo::viewName).toList()));
  }

  /**
   * Reads a table to its end and closes it.
   *
   * @return rows with text as String, bytes as hexadecimal text, java.time values, and lists and maps for nested types
   * @throws IOException in the words of the connector's reader or of DuckDB
   * @throws IllegalStateException if the columns are not those of the table
   */
  public List<List<Object>> rows(Reads connector, TableInfo table, int batchSize) throws IOException {
    List<List<Object>> rows = new ArrayList<>();
    read(connector, table, batchSize, root -> rows.addAll(JavaValues.rows(root)));
    return rows;
  }

  /**
   * Runs SQL over one table, read through DuckDB under the name {@code t}.
   *
   * @throws IOException in DuckDB's words
   */
  public List<Map<String, Object>> query(Reads connector, TableInfo table, int batchSize, String sql) throws IOException {
    BatchSource source = connector.read(request(table, batchSize));
    try {
      if (source instanceof BatchSource.Query query) {
        return duck.rows(query, "WITH t AS (", ") " + sql, Integer.MAX_VALUE);
      }
      try (ArrowReader reader = ((BatchSource.Batches) source).reader()) {
        return duck.rows(reader, allocator, sql);
      }
    } catch (SQLException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  /** What happens to each batch. */
  @FunctionalInterface
  public interface BatchVisitor {
    /** Looks at a batch; it is gone afterwards. */
    void visit(VectorSchemaRoot batch) throws IOException;
  }

  /** Reads a table to its end batch by batch and closes it. */
  public void read(Reads connector, TableInfo table, int batchSize, BatchVisitor visitor) throws IOException {
    use(connector.read(request(table, batchSize)), batchSize, reader -> visit(reader, table, visitor));
  }

  /** Hands the reader of a source to somebody, and closes it. */
  void use(BatchSource source, int batchSize, Duck.Reading reading) throws IOException {
    if (source instanceof BatchSource.Batches batches) {
      try (ArrowReader reader = batches.reader()) {
        reading.use(reader);
      }
    } else {
      duck.read((BatchSource.Query) source, allocator, batchSize, reading);
    }
  }

  private static void visit(ArrowReader reader, TableInfo table, BatchVisitor visitor) throws IOException {
    String declared = columns(table.schema());
    String delivered = columns(reader.getVectorSchemaRoot().getSchema());
    if (!declared.equals(delivered)) {
      throw new IllegalStateException("table '" + table.sourceId() + "' declares " + declared + " and delivers " + delivered);
    }
    while (reader.loadNextBatch()) {
      visitor.visit(reader.getVectorSchemaRoot());
    }
  }

  private static String columns(Schema schema) {
    return schema.getFields().stream().map(ConnectorProbe::column).toList().toString();
  }

  private static String column(Field field) {
    return field.getName() + " " + field.getType() + (field.getChildren().isEmpty() ? "" : columns(new Schema(field.getChildren())));
  }

  /** A request for all of a table. */
  public ReadRequest request(TableInfo table, int batchSize) {
    List<String> columns = table.schema().getFields().stream().map(Field::getName).toList();
    return new ProbeRequest(context, table, Optional.empty(), columns, List.of(), Split.WHOLE, batchSize);
  }

  /**
   * Closes DuckDB and the memory.
   *
   * @throws IllegalStateException if the connector kept Arrow memory
   */
  @Override
  public void close() {
    context.close();
    duck.close();
    allocator.close();
    root.close();
  }
}
