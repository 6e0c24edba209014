package io.connectorkit.itests.support;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** A process with a DuckDB driver of some version and nothing else, for each driver loads a native library. */
public final class DriverProcess implements AutoCloseable {

  private static final long PATIENCE_SECONDS = 90;

  private final Process process;
  private final Path output;

  private DriverProcess(Process process, Path output) {
    this.process = process;
    this.output = output;
  }

  /** Starts a main class of the tests. */
  public static DriverProcess start(String version, Class<?> main, Path database, String... more) {
    Path driver = Path.of(System.getProperty("kit.drivers"), "duckdb_jdbc-" + version + ".jar");
    List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin/java").toString(), "-Xmx128m", "-cp",
        driver + File.pathSeparator + Folders.target().resolve("test-classes"), main.getName(), database.toString()));
    command.addAll(List.of(more));
    try {
      Path output = Files.createTempFile(Files.createDirectories(Folders.target().resolve("drivers-out")), version + "-", ".out");
      return new DriverProcess(new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile()).start(), output);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The rows of each view of a database, by its name with the schema, as {@link DriverCheck} finds them. */
  public static Map<String, String> read(String version, Path database) {
    String text = start(version, DriverCheck.class, database).end();
    Map<String, String> rows = new TreeMap<>();
    text.lines().filter(line -> line.matches("[\\w.]+=\\S+")).forEach(line -> rows.put(line.split("=")[0], line.split("=")[1]));
    if (!rows.remove("version").startsWith("v" + version.substring(0, 3))) {
      throw new AssertionError(text);
    }
    return rows;
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /** What it has printed so far. */
  public String output() {
    return Folders.read(output);
  }

  /** Ends its input, waits for it, and gives what it has printed. */
  public String end() {
    try {
      process.getOutputStream().close();
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
        throw new AssertionError("a driver's process did not end well: " + output());
      }
      return output();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    } finally {
      close();
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
