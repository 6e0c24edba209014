package io.connectorkit.itests.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.connectorkit.connector.jdbc.PostgresServer;
import io.connectorkit.itests.support.Await;
import io.connectorkit.itests.support.Folders;
import java.io.BufferedOutputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.Map;
import java.util.Properties;
import org.duckdb.DuckDBDriver;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;

/** A table of PostgreSQL into an extract, against the server's own way into a file and DuckDB's own way out of a CSV, in turn. */
@Tag("benchmark")
class JdbcBenchmarkIT {

  private static final boolean FULL = Boolean.getBoolean("kit.full");
  private static final long ROWS = FULL ? 10_000_000 : 200_000;
  private static final int ROUNDS = FULL ? 5 : 2;
  private static final String TABLE = "SELECT i AS id, i * 0.37::float8 AS score, 'c' || i % 10 AS small, 'city ' || i % 10000 AS mid, 'text ' || i AS big,"
      + " DATE '2020-01-01' + (i % 2000)::int AS day, TIMESTAMPTZ '2020-01-01Z' + i * interval '1 second' AS at, i % 3 = 0 AS flag";
  private static final String TYPES = "{'id': 'BIGINT', 'score': 'DOUBLE', 'small': 'VARCHAR', 'mid': 'VARCHAR', 'big': 'VARCHAR', 'day': 'DATE',"
      + " 'at': 'TIMESTAMPTZ', 'flag': 'BOOLEAN'}";

  @Test
  void aTableComesAboutAsFastAsItsServerCanSendIt() throws Exception {
    Path home = Folders.fresh(Folders.target().resolve("bench/jdbc"));
    try (PostgresServer server = PostgresServer.start();
        GatewayProcess gateway = GatewayProcess.start(home, Map.of("JDBC_PASSWORD", PostgresServer.PASSWORD))) {
      server.execute("CREATE UNLOGGED TABLE rows AS " + TABLE + " FROM generate_series(1::bigint, " + ROWS + ") i", "VACUUM ANALYZE rows",
          "CREATE UNLOGGED TABLE few AS SELECT * FROM rows LIMIT " + ROWS / 5);
      Files.copy(Folders.product().resolve("system/connectors/connector-jdbc.jar"), home.resolve("deploy/connector-jdbc.jar"));
      configure(gateway, home, "few", server);
      long few = gateway.peakMib();
      configure(gateway, home, "rows", server);
      Path csv = home.resolve("rows.csv");
      copy(server, "csv", csv);
      double[] kit = new double[ROUNDS];
      double[] file = new double[ROUNDS];
      double[] duckdb = new double[ROUNDS];
      for (int round = 0; round < ROUNDS; round++) {
        long begin = System.nanoTime();
        assertEquals(ROWS, gateway.endpoint().run("rows").path("rows").asLong());
        kit[round] = seconds(begin);
        begin = System.nanoTime();
        copy(server, "binary", home.resolve("rows.bin"));
        file[round] = seconds(begin);
        begin = System.nanoTime();
        load(csv, home.resolve("rows.parquet"));
        duckdb[round] = seconds(begin);
      }
      double ratio = Math.min(Measured.median(file), Measured.median(duckdb)) / Measured.median(kit);
      Measured.report("PostgreSQL, %d rows x 8 columns to an extract: %.2f of the faster of COPY to a file and DuckDB from CSV (medians %.3f s, %.3f s and"
          + " %.3f s; best rounds %.2f; run %s); peak resident memory %d MiB, of a fifth of the rows %d MiB", ROWS, ratio, Measured.median(kit),
          Measured.median(file), Measured.median(duckdb), Math.min(Measured.least(file), Measured.least(duckdb)) / Measured.least(kit),
          Measured.all(kit), gateway.peakMib(), few);
      assertTrue(!FULL || ratio >= 0.5, "ratio " + ratio);
    }
  }

  private static double seconds(long begin) {
    return (System.nanoTime() - begin) / 1e9;
  }

  /** An instance of one table, and its first run. */
  private static void configure(GatewayProcess gateway, Path home, String table, PostgresServer server) {
    Folders.write(home.resolve("etc/connectors/" + table + ".yaml"), "connector: jdbc\nconfig: {url: '" + server.url() + "', user: "
        + PostgresServer.USER + ", include: [" + table + "]}\n");
    Await.until("the first run of " + table, () -> !gateway.endpoint().get("/v1/runs?instance=" + table).isEmpty());
  }

  private static void copy(PostgresServer server, String format, Path target) throws Exception {
    try (Connection connection = server.connect(); OutputStream out = new BufferedOutputStream(Files.newOutputStream(target), 1 << 20)) {
      connection.unwrap(PGConnection.class).getCopyAPI().copyOut("COPY (SELECT * FROM rows) TO STDOUT (FORMAT " + format + ")", out);
    }
  }

  private static void load(Path csv, Path parquet) throws Exception {
    try (Connection connection = new DuckDBDriver().connect("jdbc:duckdb:", new Properties()); Statement statement = connection.createStatement()) {
      statement.execute("COPY (SELECT * FROM read_csv('" + csv + "', header = false, auto_detect = false, columns = " + TYPES + ")) TO '" + parquet
          + "' (FORMAT parquet, COMPRESSION zstd, WRITE_BLOOM_FILTER false)");
    }
  }
}
