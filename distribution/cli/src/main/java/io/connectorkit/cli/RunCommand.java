package io.connectorkit.cli;

import io.connectorkit.launcher.HostMode;
import io.connectorkit.launcher.HostProcess;
import java.lang.management.ManagementFactory;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code kit run}. */
@Command(name = "run", description = "Run the gateway in the foreground until it is told to stop.")
final class RunCommand extends KitCommand {

  @Option(names = "--background", hidden = true, description = "Started by kit start: nobody reads standard error.")
  private boolean background;

  RunCommand(Session session) {
    super(session);
  }

  @Override
  public Integer call() throws InterruptedException {
    if (background) {
      System.setProperty("kit.log.console", "OFF");
    }
    try (HostProcess host = HostProcess.start(folders(), HostMode.GATEWAY)) {
      Optional<Endpoint> endpoint = Endpoint.await(host.endpointFile(), Gateway.START_PATIENCE, host::isRunning);
      if (endpoint.isPresent()) {
        console().say(ready(endpoint.get()));
      } else if (host.isRunning()) {
        console().say("KIT-7210 the control endpoint did not come up: this gateway extracts, but kit cannot reach it");
      }
      host.awaitStop();
    }
    return ExitCode.OK;
  }

  private String ready(Endpoint endpoint) {
    long millis = System.currentTimeMillis() - ManagementFactory.getRuntimeMXBean().getStartTime();
    return "Gateway ready after " + millis + " ms: process " + endpoint.pid() + ", home " + folders().home();
  }
}
