package io.connectorkit.cli;

import io.connectorkit.launcher.GatewayLock;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code kit stop}. */
@Command(name = "stop", description = "Stop the running gateway and wait until its process is gone.")
final class StopCommand extends KitCommand {

  @Option(names = "--timeout", defaultValue = "90", paramLabel = "SECONDS", description = "How long to wait (default: ${DEFAULT-VALUE} s).")
  private long timeout;

  StopCommand(Session session) {
    super(session);
  }

  @Override
  public Integer call() throws InterruptedException, ExecutionException {
    Optional<String> holder = GatewayLock.holder(folders());
    if (holder.isEmpty()) {
      console().say("No gateway runs in " + folders().home());
      return ExitCode.OK;
    }
    Optional<ProcessHandle> process = holder.filter(pid -> pid.matches("\\d+")).flatMap(pid -> ProcessHandle.of(Long.parseLong(pid)));
    if (process.isEmpty()) {
      throw new KitException("KIT-7213 a gateway holds " + folders().gatewayLock() + ", but its process '" + holder.get()
          + "' is not to be seen from here: it runs on another machine or in another container. Stop it there.");
    }
    ask(process.get());
    try {
      process.get().onExit().get(timeout, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw new KitException("KIT-7214 the gateway (process " + holder.get() + ") still runs after " + timeout
          + " s. It may be finishing a table; see 'kit logs', or end it with 'kill -9 " + holder.get() + "': no committed row is lost", e);
    }
    console().say("Gateway stopped: process " + holder.get());
    return ExitCode.OK;
  }

  /** A gateway that does not answer still obeys the signal. */
  private void ask(ProcessHandle process) {
    Optional<Endpoint> endpoint = Endpoint.read(folders().gatewayEndpoint()).filter(Endpoint::isListening);
    if (endpoint.isPresent()) {
      try {
        new EndpointClient(endpoint.get()).post("/v1/stop", Json.mapper().createObjectNode());
        return;
      } catch (KitException e) {
        console().say(e.getMessage() + " Sending it the signal to stop.");
      }
    }
    process.destroy();
  }
}
