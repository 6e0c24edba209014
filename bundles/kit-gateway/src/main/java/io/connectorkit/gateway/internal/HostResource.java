package io.connectorkit.gateway.internal;

import io.connectorkit.host.DeployFolder;
import io.connectorkit.host.InstanceStatus;
import io.connectorkit.host.Instances;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.osgi.framework.BundleContext;

/** The host as a whole: what it is, whether all is well, what it says. */
final class HostResource implements Resource {

  private static final int MOST_LINES = 2_000;

  /** The host; {@code instances} counts them by state, and {@code attention} names those that need a person. */
  record Host(String version, String java, String started, String mode, String deployFolder, Map<String, Integer> instances, List<String> attention,
      String caller, String role) {}

  /** The end of the log, oldest line first. */
  record Log(List<String> lines) {}

  private final BundleContext context;
  private final HostPaths paths;
  private final Instances instances;
  private final DeployFolder folder;
  private final Instant started = Instant.now();

  HostResource(BundleContext context, HostPaths paths, Instances instances, DeployFolder folder) {
    this.context = context;
    this.paths = paths;
    this.instances = instances;
    this.folder = folder;
  }

  @Override
  public List<Route> routes() {
    return List.of(
        Route.get("/api/status", "getStatus", "The host, whether something needs a person, and who the caller is").gives(Host.class).by(this::status),
        Route.get("/api/logs", "tailLog", "The last lines of the host's log").query("lines", "integer", "How many, 200 unless given, at most " + MOST_LINES)
            .query("contains", "string", "Only lines with this text").gives(Log.class).by(this::log));
  }

  private Host status(Call call) {
    Map<String, Integer> states = new TreeMap<>();
    List<InstanceStatus> all = instances.list();
    all.forEach(instance -> states.merge(instance.state().name(), 1, Integer::sum));
    return new Host(context.getBundle().getVersion().toString(), Runtime.version().toString(), started.toString(), context.getProperty("kit.mode"),
        folder.watch(), states, all.stream().filter(Attention::needed).map(InstanceStatus::instance).toList(), call.caller().name(),
        call.caller().role().label());
  }

  private Log log(Call call) throws IOException {
    int lines = call.number("lines", 1, MOST_LINES, 200);
    return new Log(LogTail.of(paths.log(), lines, call.query("contains").orElse("")));
  }
}
