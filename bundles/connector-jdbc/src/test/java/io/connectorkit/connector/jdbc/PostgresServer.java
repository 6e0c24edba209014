package io.connectorkit.connector.jdbc;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.Assumptions;
import org.tukaani.xz.XZInputStream;

/**
 * A real PostgreSQL on a free port, out of binaries that Maven brings, in a folder that goes with it. It refuses to run as root: then it runs
 * as another user.
 */
public final class PostgresServer implements AutoCloseable {

  public static final String USER = "kit";
  public static final String PASSWORD = "correct-horse-battery";

  private static final String BINARIES = "/postgres-linux-x86_64.txz";
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);

  private final Path folder;
  private final List<String> asUser;
  private final int port;
  private Process process;

  private PostgresServer(Path folder, List<String> asUser, int port) {
    this.folder = folder;
    this.asUser = asUser;
    this.port = port;
  }

  /** Starts one; where that cannot be, the test is skipped, with the reason. */
  public static PostgresServer start() {
    Path folder = null;
    try {
      Assumptions.assumeTrue(PostgresServer.class.getResource(BINARIES) != null && System.getProperty("os.arch").equals("amd64"),
          "there is no PostgreSQL for " + System.getProperty("os.name") + " " + System.getProperty("os.arch") + " among the test's libraries");
      String user = System.getProperty("user.name").equals("root") ? anotherUser() : "";
      Assumptions.assumeTrue(user != null, "PostgreSQL refuses to run as root, and there is neither a user 'postgres' nor 'nobody' to run it as");
      folder = Files.createTempDirectory("kit-postgres-");
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
      unpack(folder);
      Path data = Files.createDirectory(folder.resolve("data"));
      Path password = Files.writeString(folder.resolve("password"), PASSWORD);
      if (!user.isEmpty()) {
        Files.setOwner(data, data.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(user));
      }
      int port;
      try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
        port = socket.getLocalPort();
      }
      PostgresServer server = new PostgresServer(folder, user.isEmpty() ? List.of()
          : List.of("setpriv", "--reuid=" + user, "--regid=" + id(user), "--clear-groups"), port);
      server.run("initdb", "-D", data.toString(), "-U", USER, "--pwfile=" + password, "--auth=scram-sha-256", "--encoding=UTF8", "--locale=C",
          "--no-sync", "--no-instructions");
      // For tests that are broken off.
      Runtime.getRuntime().addShutdownHook(new Thread(server::close));
      server.restart();
      return server;
    } catch (IOException e) {
      delete(folder);
      return Assumptions.abort("PostgreSQL cannot be started here: " + e);
    }
  }

  private static String anotherUser() throws IOException {
    List<String> users = Files.readAllLines(Path.of("/etc/passwd"));
    return Stream.of("postgres", "nobody").filter(name -> users.stream().anyMatch(line -> line.startsWith(name + ":"))).findFirst().orElse(null);
  }

  private static String id(String user) throws IOException {
    return Files.readAllLines(Path.of("/etc/passwd")).stream().filter(line -> line.startsWith(user + ":")).findFirst().orElseThrow().split(":")[3];
  }

  private static void unpack(Path folder) throws IOException {
    try (InputStream packed = PostgresServer.class.getResourceAsStream(BINARIES);
        TarArchiveInputStream tar = new TarArchiveInputStream(new XZInputStream(new BufferedInputStream(packed)))) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        Path target = folder.resolve(entry.getName()).normalize();
        if (entry.isDirectory()) {
          Files.createDirectories(target);
        } else if (entry.isSymbolicLink()) {
          Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
        } else {
          Files.createDirectories(target.getParent());
          Files.copy(tar, target);
          boolean program = (entry.getMode() & 0111) != 0;
          Files.setPosixFilePermissions(target, PosixFilePermissions.fromString(program ? "rwxr-xr-x" : "rw-r--r--"));
        }
      }
    }
  }

  private ProcessBuilder command(String program, String... arguments) {
    List<String> command = new ArrayList<>(asUser);
    command.add(folder.resolve("bin").resolve(program).toString());
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve("log").toFile()));
  }

  private void run(String program, String... arguments) throws IOException {
    try {
      int exit = command(program, arguments).start().waitFor();
      if (exit != 0) {
        throw new IOException(program + " ended with " + exit + ": " + Files.readString(folder.resolve("log")));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  /** Starts it again on the same port, with the same data; returns when it answers. */
  public void restart() throws IOException {
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    while (true) {
      if (process == null || !process.isAlive()) {
        process = command("postgres", "-D", folder.resolve("data").toString(), "-p", String.valueOf(port), "-c", "listen_addresses=127.0.0.1", "-c",
            "unix_socket_directories=", "-c", "fsync=off", "-c", "full_page_writes=off", "-c", "max_wal_size=4GB", "-c", "wal_level=minimal", "-c",
            "max_wal_senders=0").start();
      }
      try (Connection connection = connect()) {
        return;
      } catch (SQLException e) {
        if (System.nanoTime() > deadline) {
          throw new IOException(e.getMessage() + "; " + Files.readString(folder.resolve("log")), e);
        }
        LockSupport.parkNanos(50_000_000);
      }
    }
  }

  /** Ends it at once with all of its processes, as a machine does that loses its power. */
  public void kill() {
    if (process == null) {
      return;
    }
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    // Not onExit: it waits for the common pool, which has a single thread on two processors, and a test may hold that.
    try {
      process.destroyForcibly().waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  public String url() {
    return "jdbc:postgresql://127.0.0.1:" + port + "/postgres";
  }

  /** A connection of the user who may do everything. */
  public Connection connect() throws SQLException {
    Properties properties = new Properties();
    properties.put("user", USER);
    properties.put("password", PASSWORD);
    return new org.postgresql.Driver().connect(url(), properties);
  }

  /** Runs statements, each in a transaction of its own. */
  public void execute(String... statements) {
    try (Connection connection = connect(); Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  /** The rows of a query, each value as the server writes it. */
  public List<List<String>> query(String sql) {
    try (Connection connection = connect(); Statement statement = connection.createStatement(); ResultSet row = statement.executeQuery(sql)) {
      List<List<String>> rows = new ArrayList<>();
      while (row.next()) {
        List<String> values = new ArrayList<>();
        for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
          values.add(row.getString(i));
        }
        rows.add(values);
      }
      return rows;
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public synchronized void close() {
    kill();
    delete(folder);
  }

  private static void delete(Path folder) {
    if (folder == null || !Files.exists(folder)) {
      return;
    }
    try (Stream<Path> paths = Files.walk(folder)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
