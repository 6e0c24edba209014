package io.connectorkit.runtime.internal.duckdb;

import io.connectorkit.host.KitException;
import io.connectorkit.runtime.internal.config.Home;
import io.connectorkit.runtime.internal.config.HostConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.duckdb.DuckDBConnection;
import org.duckdb.DuckDBDriver;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;

/**
 * The host's DuckDB: one in-memory instance, so that its memory and thread limits hold for everything that runs at the same time. Its
 * native library is loaded while the host starts, on a thread of its own, because that takes as long as all the rest of the start.
 */
@Component(service = DuckDb.class, configurationPid = HostConfig.PID, immediate = true)
@Designate(ocd = HostConfig.class)
public final class DuckDb {

  private final Path temporary;
  private final CompletableFuture<DuckDBConnection> root = new CompletableFuture<>();

  @Activate
  public DuckDb(@Reference Home home, HostConfig config) {
    this(home.tmp().resolve("duckdb-" + ProcessHandle.current().pid()), config.duckdb_memory(), config.duckdb_threads());
  }

  public DuckDb(Path temporary, String memory, int threads) {
    this.temporary = temporary;
    Thread loader = new Thread(() -> load(memory, threads), "kit-duckdb-load");
    loader.setDaemon(true);
    loader.start();
  }

  private void load(String memory, int threads) {
    try {
      Files.createDirectories(temporary);
      DuckDBConnection connection = (DuckDBConnection) new DuckDBDriver().connect("jdbc:duckdb:", new Properties());
      set(connection, "memory_limit", literal(memory));
      if (threads > 0) {
        set(connection, "threads", String.valueOf(threads));
      }
      set(connection, "temp_directory", literal(temporary.toString()));
      set(connection, "autoinstall_known_extensions", "false");
      set(connection, "autoload_known_extensions", "false");
      root.complete(connection);
    } catch (SQLException | IOException | LinkageError e) {
      root.completeExceptionally(e);
    }
  }

  /** The folder of this process for what need not outlive it. */
  public Path temporary() {
    return temporary;
  }

  /** A session of its own on the shared instance, in UTC. Close it. */
  public DuckDBConnection open() {
    try {
      DuckDBConnection session = (DuckDBConnection) root.join().duplicate();
      set(session, "TimeZone", "'UTC'");
      return session;
    } catch (CompletionException | SQLException e) {
      throw new KitException("KIT-4001", "DuckDB does not start: " + e.getMessage() + "; see duckdb.* in etc/" + HostConfig.PID + ".cfg", e);
    }
  }

  @Deactivate
  public void close() throws SQLException, IOException {
    DuckDBConnection connection = root.handle((value, failure) -> value).join();
    if (connection != null) {
      connection.close();
    }
    Files.deleteIfExists(temporary);
  }

  private static void set(Connection connection, String option, String value) throws SQLException {
    execute(connection, "SET " + option + " = " + value);
  }

  /** Runs one statement; a failed one closes its Statement, so each gets its own. */
  public static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** What happens in a transaction. */
  @FunctionalInterface
  public interface Work {

    void run() throws SQLException;
  }

  /** Runs a transaction; one that failed is ended as well, for it would hold the databases and files that it has touched. */
  public static void transaction(Connection connection, Work work) throws SQLException {
    execute(connection, "BEGIN");
    try {
      work.run();
      execute(connection, "COMMIT");
    } catch (SQLException | RuntimeException e) {
      try {
        execute(connection, "ROLLBACK");
      } catch (SQLException ended) {
        // By the failure itself.
        e.addSuppressed(ended);
      }
      throw e;
    }
  }

  /** Text as an SQL literal. */
  public static String literal(String text) {
    return "'" + text.replace("'", "''") + "'";
  }

  /** A name as an SQL identifier. */
  public static String identifier(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }
}
