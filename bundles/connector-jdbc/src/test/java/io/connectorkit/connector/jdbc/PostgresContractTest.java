package io.connectorkit.connector.jdbc;

import io.connectorkit.api.Connector;
import io.connectorkit.contract.junit.ConnectorContract;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The contract, with a real PostgreSQL. */
class PostgresContractTest extends ConnectorContract {

  private static PostgresServer server;

  @BeforeAll
  static void start() {
    server = PostgresServer.start();
    server.execute(
        "CREATE TABLE orders (id int PRIMARY KEY, total numeric(12, 2) NOT NULL, note text, tags text[], updated_at timestamptz NOT NULL,"
            + " gone boolean)",
        "INSERT INTO orders SELECT i, i * 1.5, CASE WHEN i % 3 > 0 THEN 'note ' || i END, ARRAY['a', 'b'],"
            + " '2026-01-01Z'::timestamptz + i * '1 min'::interval, i = 7 FROM generate_series(1, 500) i",
        "CREATE SCHEMA crm", "CREATE TABLE crm.\"Odd Name\" (\"A b\" int, \"select\" date, f float8)",
        "INSERT INTO crm.\"Odd Name\" VALUES (1, '2026-01-01', 1.5)",
        "CREATE TABLE nothing (id int PRIMARY KEY, name text)", "CREATE VIEW big AS SELECT * FROM orders WHERE total > 100",
        "CREATE TABLE cut (id int PRIMARY KEY, filler text)", "INSERT INTO cut SELECT i, repeat('x', 100) FROM generate_series(1, 1900) i");
  }

  @AfterAll
  static void stop() {
    if (server != null) {
      server.close();
    }
  }

  @Override
  protected Connector connector() {
    return new JdbcConnector();
  }

  @Override
  protected Map<String, Object> settings() {
    return PostgresTypesTest.settings(server, Map.of("tables",
        Map.of("orders", Map.of("incremental", "updated_at", "deleted", "gone"), "cut", Map.of("pieces", 3))));
  }
}
