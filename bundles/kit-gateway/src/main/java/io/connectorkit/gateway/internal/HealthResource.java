package io.connectorkit.gateway.internal;

import io.connectorkit.host.DeployFolder;
import io.connectorkit.host.DeployedFile;
import io.connectorkit.host.InstanceStatus;
import io.connectorkit.host.Instances;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;

/** Whether all is well: for load balancers and service managers in a word, for people with reasons. */
final class HealthResource implements Resource {

  private static final long LITTLE_SPACE = 256L << 20;

  /** In the order of their weight. */
  enum Level { OK, WARN, CRITICAL }

  /** One thing that was looked at, with why it is not well. */
  record Check(String name, String status, List<String> messages) {}

  /** All in a word. */
  record Health(String status) {}

  /** All of it. */
  record Checks(String status, List<Check> checks) {}

  private final BundleContext context;
  private final HostPaths paths;
  private final Instances instances;
  private final DeployFolder folder;

  HealthResource(BundleContext context, HostPaths paths, Instances instances, DeployFolder folder) {
    this.context = context;
    this.paths = paths;
    this.instances = instances;
    this.folder = folder;
  }

  @Override
  public List<Route> routes() {
    return List.of(
        Route.get("/system/health", "getHealth", "Whether the host is well, in a word; the status is 503 if it needs a person at once").open()
            .gives(Health.class).gives(503, Health.class).by(this::health),
        Route.get("/api/health", "listHealthChecks", "What was looked at, and what is not well").gives(Checks.class).by(call -> checks()));
  }

  private Object health(Call call) throws IOException {
    Checks checks = checks();
    new Reply(call.response()).value(checks.status().equals(Level.CRITICAL.name()) ? 503 : 200, new Health(checks.status()));
    return null;
  }

  /** Also for who watches this process. */
  Checks checks() {
    List<Check> all = List.of(
        check("bundles", Level.CRITICAL, idle()),
        check("disk", Level.CRITICAL, disk()),
        check("instances", Level.WARN, instances.list().stream().filter(Attention::needed).map(HealthResource::line).toList()),
        check("deployments", Level.WARN, folder.files().stream().filter(file -> !file.reason().isEmpty() && file.state() != DeployedFile.State.SUPERSEDED)
            .map(file -> file.file() + " is " + file.state() + ": " + file.reason()).toList()));
    return new Checks(all.stream().map(Check::status).map(Level::valueOf).max(Comparator.naturalOrder()).orElse(Level.OK).name(), all);
  }

  private static Check check(String name, Level otherwise, List<String> wrong) {
    return new Check(name, wrong.isEmpty() ? Level.OK.name() : otherwise.name(), wrong);
  }

  private static String line(InstanceStatus instance) {
    return instance.instance() + " is " + instance.state() + (instance.reason().isEmpty() ? "" : ": " + instance.reason());
  }

  /** The product's own bundles; those of connectors have their instances. */
  private List<String> idle() {
    return Arrays.stream(context.getBundles()).filter(bundle -> bundle.getLocation().startsWith("reference:"))
        .filter(bundle -> bundle.getState() != Bundle.ACTIVE && bundle.getHeaders("").get(Constants.FRAGMENT_HOST) == null)
        .map(bundle -> bundle.getSymbolicName() + " is not started").toList();
  }

  private List<String> disk() {
    List<String> wrong = new ArrayList<>();
    try {
      long free = Files.getFileStore(paths.data()).getUsableSpace();
      if (free < LITTLE_SPACE) {
        wrong.add((free >> 20) + " MiB are left where data/ lies");
      }
      if (!Files.isWritable(paths.data())) {
        wrong.add("data/ cannot be written to");
      }
    } catch (IOException e) {
      wrong.add("data/ cannot be looked at: " + e.getClass().getSimpleName());
    }
    return wrong;
  }
}
