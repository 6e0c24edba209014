package io.connectorkit.runtime.internal.extract;

import io.connectorkit.api.BatchSource.Query;
import io.connectorkit.api.Cancellation;
import io.connectorkit.api.ConnectorContext;
import io.connectorkit.api.Settings;
import io.connectorkit.runtime.internal.duckdb.DuckDb;
import io.connectorkit.runtime.internal.duckdb.Sql;
import io.connectorkit.runtime.internal.registry.Instance;
import java.lang.System.Logger;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.types.pojo.Schema;
import org.duckdb.DuckDBConnection;
import org.slf4j.LoggerFactory;

/** What a connector gets for one call. */
public final class CallContext implements ConnectorContext {

  private final Instance instance;
  private final BufferAllocator allocator;
  private final DuckDb duckDb;
  private final Cancellation cancellation;

  public CallContext(Instance instance, BufferAllocator allocator, DuckDb duckDb, RunCancellation cancellation) {
    this.instance = instance;
    this.allocator = allocator;
    this.duckDb = duckDb;
    this.cancellation = new ConnectorCancellation(cancellation, instance);
  }

  @Override
  public String instance() {
    return instance.name();
  }

  @Override
  public Settings settings() {
    return instance.config().settings();
  }

  @Override
  public Optional<String> secret(String name) {
    return instance.secret(name);
  }

  @Override
  public BufferAllocator allocator() {
    return allocator;
  }

  @Override
  public Schema describe(Query query) {
    try (DuckDBConnection session = duckDb.open()) {
      return Sql.describe(session, query, allocator);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public List<Map<String, Object>> select(Query query) {
    try (DuckDBConnection session = duckDb.open()) {
      return Sql.select(session, query);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public Cancellation cancellation() {
    return cancellation;
  }

  @Override
  public Logger log() {
    return new Slf4jLogger(LoggerFactory.getLogger("connector." + instance.name()));
  }
}
