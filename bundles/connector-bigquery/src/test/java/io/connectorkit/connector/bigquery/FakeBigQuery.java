package io.connectorkit.connector.bigquery;

import io.grpc.ServerCredentials;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;

/** BigQuery as far as the connector sees it, with no data but what a test puts there. */
public final class FakeBigQuery implements AutoCloseable {

  static final String PROJECT = "acme-data-1";

  private final Map<String, FakeTable> tables = new ConcurrentSkipListMap<>();
  private final Map<String, FakeTable> results = new ConcurrentSkipListMap<>();
  private final FakeTokens tokens = new FakeTokens();
  private final FakeRest rest = new FakeRest(tables, results, tokens);
  private final FakeStorage storage;

  public FakeBigQuery() {
    this(null);
  }

  /** The same whose Storage API speaks TLS. */
  public FakeBigQuery(ServerCredentials credentials) {
    storage = new FakeStorage(this::find, tokens::good, credentials);
  }

  private FakeTable find(String resource) {
    String[] parts = resource.split("/");
    return parts[3].equals("_hidden") ? results.get(parts[5]) : tables.get(parts[3] + "." + parts[5]);
  }

  /** A new table; of the types that BigQuery knows. */
  public FakeTable table(String dataset, String name, String type) {
    FakeTable table = new FakeTable(dataset, name, type);
    tables.put(table.id(), table);
    return table;
  }

  /** A table that is there, by dataset.table. */
  public FakeTable table(String id) {
    return tables.get(id);
  }

  /** Drops a table. */
  public void drop(String id) {
    tables.remove(id);
  }

  public FakeRest rest() {
    return rest;
  }

  public FakeStorage storage() {
    return storage;
  }

  public FakeTokens tokens() {
    return tokens;
  }

  /** The key of the account that may come in. */
  public String key() {
    return tokens.key(rest.url() + "/token");
  }

  /** Settings of an instance that finds it. */
  public Map<String, Object> settings() {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("project", PROJECT);
    settings.put("max_bytes", 1_000_000);
    settings.put("rest_url", rest.url() + "/bigquery/v2");
    settings.put("storage_url", "http://127.0.0.1:" + storage.port());
    settings.put("metadata_url", rest.url());
    return settings;
  }

  @Override
  public void close() {
    rest.close();
    storage.close();
  }
}
