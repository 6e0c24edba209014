package io.connectorkit.contract;

import io.connectorkit.api.BatchSource;
import io.connectorkit.api.Cancellation;
import io.connectorkit.api.ConnectorContext;
import io.connectorkit.api.ConnectorException;
import io.connectorkit.api.Settings;
import java.io.IOException;
import java.lang.System.Logger;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.types.pojo.Schema;

/** The instance that a probe hands to a connector. */
final class ProbeContext implements ConnectorContext {

  private static final int MAX_SELECTED = 10_000;

  private final Settings settings;
  private final Map<String, String> secrets;
  private final BufferAllocator allocator;
  private final Cancellation cancellation;
  private final Duck duck;
  private final Logger log;

  ProbeContext(
      Map<String, Object> settings, Map<String, String> secrets, BufferAllocator allocator, Cancellation cancellation, Duck duck,
      Logger log) {
    this.settings = new Settings(settings);
    this.secrets = Map.copyOf(secrets);
    this.allocator = allocator;
    this.cancellation = cancellation;
    this.duck = duck;
    this.log = log;
  }

  @Override
  public String instance() {
    return "probe";
  }

  @Override
  public Settings settings() {
    return settings;
  }

  @Override
  public Optional<String> secret(String name) {
    return Optional.ofNullable(secrets.get(name));
  }

  @Override
  public BufferAllocator allocator() {
    return allocator;
  }

  @Override
  public Schema describe(BatchSource.Query query) {
    var nothing = new BatchSource.Query("SELECT * FROM (" + query.sql() + ") LIMIT 0", query.parameters());
    Schema[] schema = new Schema[1];
    try {
      duck.read(nothing, allocator, 1, reader -> schema[0] = reader.getVectorSchemaRoot().getSchema());
    } catch (IOException e) {
      throw ConnectorException.permanent(e.getMessage(), e);
    }
    return schema[0];
  }

  @Override
  public List<Map<String, Object>> select(BatchSource.Query query) {
    try {
      return duck.rows(query, "", "", MAX_SELECTED);
    } catch (SQLException e) {
      throw ConnectorException.permanent(e.getMessage(), e);
    }
  }

  @Override
  public Cancellation cancellation() {
    return cancellation;
  }

  @Override
  public Logger log() {
    return log;
  }
}
