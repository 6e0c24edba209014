package io.connectorkit.itests.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.connectorkit.itests.support.Await;
import io.connectorkit.itests.support.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The gateway of the unpacked product in a process of its own, with a heap of 256 MiB. */
record GatewayProcess(Process process, Endpoint endpoint) implements AutoCloseable {

  static GatewayProcess start(Path home, Map<String, String> environment) throws IOException {
    Process process = kit(home, environment, "run");
    return new GatewayProcess(process, Await.value("the gateway, see " + home,
        () -> Endpoint.of(home).filter(endpoint -> endpoint.pid() == process.pid())));
  }

  /** Has the host's classes kept for later starts. */
  static void warmUp(Path home) throws IOException {
    assertEquals(0, kit(home, Map.of(), "warmup").onExit().join().exitValue(), () -> "see " + home);
  }

  private static Process kit(Path home, Map<String, String> environment, String command) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(Folders.product().resolve("bin/kit").toString(), command);
    builder.environment().putAll(environment);
    builder.environment().put("KIT_HOME", home.toString());
    builder.environment().put("KIT_HEAP", "256m");
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    return builder.redirectErrorStream(true).redirectOutput(home.resolve("out.txt").toFile()).start();
  }

  /** The most memory that it has held so far, in MiB. */
  long peakMib() throws IOException {
    return Files.readAllLines(Path.of("/proc/" + process.pid() + "/status")).stream().filter(line -> line.startsWith("VmHWM"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", ""))).findFirst().orElseThrow() / 1024;
  }

  @Override
  public void close() {
    process.destroy();
    try {
      assertTrue(process.waitFor(30, TimeUnit.SECONDS), "the gateway stops when it is told to");
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    } finally {
      process.destroyForcibly();
    }
  }
}
