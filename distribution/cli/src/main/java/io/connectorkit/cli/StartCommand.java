package io.connectorkit.cli;

import io.connectorkit.launcher.GatewayLock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;

/** {@code kit start}. */
@Command(name = "start", description = "Start the gateway in the background and wait until it answers.")
final class StartCommand extends KitCommand {

  /** In a session of its own where the system can do that: neither Ctrl-C nor the end of the terminal reaches the gateway. */
  private static final String DETACH = "command -v setsid >/dev/null 2>&1 && exec setsid \"$@\"; trap '' HUP; exec \"$@\"";

  StartCommand(Session session) {
    super(session);
  }

  @Override
  public Integer call() throws IOException {
    Optional<String> holder = GatewayLock.holder(folders());
    if (holder.isPresent()) {
      console().say("The gateway runs already: process " + holder.get() + ", home " + folders().home());
      return ExitCode.OK;
    }
    folders().prepare();
    Path output = folders().log().resolve("kit.out");
    Files.deleteIfExists(folders().gatewayEndpoint());
    Process process = launch(output);
    Optional<Endpoint> endpoint = Endpoint.await(folders().gatewayEndpoint(), Gateway.START_PATIENCE, process::isAlive);
    if (endpoint.isEmpty()) {
      throw new KitException(failure(process, output));
    }
    console().say("Gateway started: process " + endpoint.get().pid() + ", home " + folders().home());
    return ExitCode.OK;
  }

  private Process launch(Path output) throws IOException {
    String kit = folders().product().resolve("bin/kit").toString();
    List<String> command = List.of("/bin/sh", "-c", DETACH, "kit", kit, "run", "--background");
    ProcessBuilder builder = new ProcessBuilder(command)
        .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
        .redirectOutput(output.toFile())
        .redirectErrorStream(true);
    builder.environment().put("KIT_HOME", folders().home().toString());
    return builder.start();
  }

  private String failure(Process process, Path output) throws IOException {
    String logs = "See " + folders().log().resolve("kit.log") + " and " + output;
    if (process.isAlive()) {
      return "KIT-7211 the gateway (process " + process.pid() + ") does not answer within " + Gateway.START_PATIENCE.toSeconds() + " s. "
          + logs;
    }
    List<String> said = Files.readAllLines(output);
    String last = said.isEmpty() ? "it said nothing" : said.get(said.size() - 1);
    return "KIT-7212 the gateway ended at once with exit code " + process.exitValue() + ": " + last + ". " + logs;
  }
}
