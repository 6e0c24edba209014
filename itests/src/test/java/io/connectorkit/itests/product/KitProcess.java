package io.connectorkit.itests.product;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.connectorkit.itests.support.Await;
import io.connectorkit.itests.support.ConnectorJar;
import io.connectorkit.itests.support.Folders;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The unpacked product with a home of its own, and its command, each in a process as an operator starts it. */
final class KitProcess implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private final Path folder;
  private final AtomicInteger count = new AtomicInteger();
  private final Map<Process, Integer> running = new LinkedHashMap<>();
  private final Map<String, String> environment = new LinkedHashMap<>();

  private KitProcess(Path folder) {
    this.folder = folder;
  }

  /** A fresh copy for a test class. The home has a blank in its name, as homes have. */
  static KitProcess of(Class<?> test) {
    return of(test.getSimpleName());
  }

  /** A fresh copy of a name of its own. */
  static KitProcess of(String name) {
    KitProcess kit = new KitProcess(Folders.fresh(Folders.target().resolve("smoke").resolve(name)));
    Folders.copyProduct(kit.product());
    return kit;
  }

  /**
   * A command that has ended.
   *
   * @param exit its code
   * @param out standard output
   * @param err standard error
   */
  record Result(int exit, String out, String err) {

    /** Standard output as JSON: there must be nothing else on it. */
    JsonNode json() {
      try {
        return new ObjectMapper().readTree(out);
      } catch (JsonProcessingException e) {
        throw new AssertionError("standard output is no JSON: " + out + "\nstandard error: " + err, e);
      }
    }

    /** Standard output, if all went well. */
    String ok() {
      if (exit != 0) {
        throw new AssertionError("exit code " + exit + "\nstandard output: " + out + "\nstandard error: " + err);
      }
      return out;
    }
  }

  Path product() {
    return folder.resolve("connector-kit");
  }

  Path home() {
    return folder.resolve("kit home");
  }

  Path deploy(String file) {
    return home().resolve("deploy").resolve(file);
  }

  Path extracts() {
    return home().resolve("extracts");
  }

  /** Sets a variable of the environment for the processes that are started from now on. */
  KitProcess with(String variable, String value) {
    environment.put(variable, value);
    return this;
  }

  /** Runs a command to its end. */
  Result kit(String... arguments) {
    int number = count.incrementAndGet();
    Process process = start(number, arguments);
    return new Result(exit(process, String.join(" ", arguments)), read(number, "out"), read(number, "err"));
  }

  /** Runs the gateway in the foreground, and returns when it answers. */
  Process run() {
    Process process = start(count.incrementAndGet(), "run");
    Await.until("the gateway answers", () -> Files.exists(home().resolve("data/gateway.json")) || !process.isAlive());
    if (!process.isAlive()) {
      throw new AssertionError("the gateway ended at once: " + read(count.get(), "err"));
    }
    return process;
  }

  private Process start(int number, String... arguments) {
    List<String> command = new ArrayList<>(List.of(product().resolve("bin/kit").toString()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command)
        .redirectOutput(output(number, "out").toFile()).redirectError(output(number, "err").toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("KIT_") || name.equals("JAVA_OPTS"));
    builder.environment().putAll(environment);
    builder.environment().put("KIT_HOME", home().toString());
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    try {
      Files.createDirectories(home());
      Process process = builder.start();
      running.put(process, number);
      return process;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The exit code of a process, which must end by itself. */
  static int exit(Process process, String what) {
    try {
      if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError("'" + what + "' did not end within " + PATIENCE.toSeconds() + " s");
      }
      return process.exitValue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  private Path output(int number, String stream) {
    return folder.resolve(number + "." + stream);
  }

  private String read(int number, String stream) {
    return Folders.read(output(number, stream));
  }

  /** All that processes have written to their two outputs so far, in files. */
  List<Path> outputs() {
    return Folders.list(folder).stream().filter(Files::isRegularFile).toList();
  }

  /** What a process has written to standard output, where only results belong. */
  String standardOutput(Process process) {
    return read(running.get(process), "out");
  }

  /** The log of the gateway. */
  String log() {
    return Folders.read(home().resolve("data/log/kit.log"));
  }

  /** What processes leave in the folder for temporary files: native libraries and bundle caches, large ones. */
  List<Path> leftOvers() {
    return Folders.list(home().resolve("data/tmp")).stream().filter(path -> path.getFileName().toString().matches("(jvm|job)-.*")).toList();
  }

  /** Installs the scripted connector, and an instance of it. */
  Path script(String instance, String text) {
    Path script = Folders.write(home().resolve("data").resolve(instance + ".script"), text);
    Folders.write(home().resolve("etc/connectors").resolve(instance + ".yaml"), "connector: scripted\nconfig:\n  script: " + script + "\n");
    if (!Files.exists(deploy("scripted.jar"))) {
      ConnectorJar.of("scripted", "1.0.0").writeTo(deploy("scripted.jar"));
    }
    return script;
  }

  /** The only value that a query gives. */
  String value(String sql) {
    List<String> lines = kit("query", sql, "--format", "csv").ok().lines().toList();
    if (lines.size() != 2) {
      throw new AssertionError("one value expected: " + lines);
    }
    return lines.get(1);
  }

  /** Process that runs the gateway, if one does. */
  Optional<ProcessHandle> gateway() {
    JsonNode status = kit("status", "--json").json();
    return status.path("running").asBoolean() ? ProcessHandle.of(status.path("pid").asLong()) : Optional.empty();
  }

  /** Ends what still runs, also a gateway that does not answer. */
  @Override
  public void close() {
    Path endpoint = home().resolve("data/gateway.json");
    if (Files.exists(endpoint)) {
      ProcessHandle.of(new Result(0, Folders.read(endpoint), "").json().path("pid").asLong()).ifPresent(ProcessHandle::destroyForcibly);
    }
    running.keySet().forEach(Process::destroyForcibly);
  }
}
