package io.connectorkit.itests.bench;

import io.connectorkit.itests.support.Folders;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A server with a folder for bundles, in a process of its own that ends with this. */
final class DeployServer implements AutoCloseable {

  private final ProcessBuilder command;
  private final Path deploy;
  private Process process;

  private DeployServer(Path home, Path deploy, String... command) {
    this.deploy = Folders.fresh(deploy);
    this.command = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(home.resolve("out.txt").toFile());
    this.command.environment().put("JAVA_HOME", System.getProperty("java.home"));
  }

  /** The product with a home of its own. */
  static DeployServer kit(Path home) {
    DeployServer server = new DeployServer(home, home.resolve("deploy"), Folders.product().resolve("bin/kit").toString(), "run");
    server.command.environment().put("KIT_HOME", home.toString());
    return server;
  }

  /** An unpacked Apache Karaf, without its console. */
  static DeployServer karaf(Path unpacked, Path home) {
    DeployServer server = new DeployServer(home, unpacked.resolve("deploy"), unpacked.resolve("bin/karaf").toString(), "server");
    server.command.environment().put("KARAF_DATA", Folders.fresh(home.resolve("data")).toString());
    // Its script makes way for Java, so that the process that was started is the one to end.
    server.command.environment().put("KARAF_EXEC", "exec");
    return server;
  }

  Path deploy(String file) {
    return deploy.resolve(file);
  }

  void start() throws IOException {
    process = command.start();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Ends it in order, or at any rate. */
  void stop() {
    if (process == null) {
      return;
    }
    process.destroy();
    try {
      if (!process.waitFor(30, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    stop();
  }
}
