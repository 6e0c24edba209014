package io.connectorkit.cli;

import io.connectorkit.launcher.HostFolders;
import io.connectorkit.launcher.HostMode;
import io.connectorkit.launcher.HostProcess;
import java.nio.file.Path;
import picocli.CommandLine.Command;

/**
 * {@code kit warmup}: a gateway without connectors starts and ends. The script has the Java runtime archive what classes that took (class
 * data sharing), and later commands use the archive.
 */
@Command(name = "warmup", description = "Make later starts faster: keep the host's classes in data/jvm, ready for this Java runtime.")
final class WarmupCommand extends KitCommand {

  WarmupCommand(Session session) {
    super(session);
  }

  @Override
  public Integer call() throws InterruptedException {
    // The script's folder of this process: it goes with it.
    HostFolders scratch = HostFolders.of(folders().product(), Path.of(System.getProperty("java.io.tmpdir"), "warmup"));
    try (HostProcess host = HostProcess.start(scratch, HostMode.GATEWAY)) {
      Endpoint endpoint = Endpoint.await(host.endpointFile(), Gateway.START_PATIENCE, host::isRunning)
          .orElseThrow(() -> new KitException("KIT-7210 the host that warms up did not come up; see its reason above. Nothing was kept"));
      EndpointClient client = new EndpointClient(endpoint);
      client.get("/v1/status");
      client.get("/v1/connectors");
    }
    console().say("Kept the host's classes in " + folders().data().resolve("jvm") + ". Do it again after an update of Java or of this product.");
    return ExitCode.OK;
  }
}
