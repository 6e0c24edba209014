package io.connectorkit.cli;

import io.connectorkit.launcher.GatewayLock;
import io.connectorkit.launcher.HostFolders;
import io.connectorkit.launcher.HostMode;
import io.connectorkit.launcher.HostProcess;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.wiring.FrameworkWiring;

/** The host that a command talks to: the running gateway, or one booted in this process and stopped when the command is done. */
final class Gateway implements AutoCloseable {

  static final Duration START_PATIENCE = Duration.ofSeconds(60);

  private final EndpointClient client;
  private final HostProcess host;

  private Gateway(EndpointClient client, HostProcess host) {
    this.client = client;
    this.host = host;
  }

  static Gateway connect(HostFolders folders) {
    return running(folders).orElseGet(() -> boot(folders, HostMode.JOB));
  }

  /** For what has nothing to do with the connectors that are deployed: without a gateway none of them is started. */
  static Gateway connectAside(HostFolders folders) {
    return running(folders).orElseGet(() -> boot(folders, HostMode.ASIDE));
  }

  static Optional<Gateway> running(HostFolders folders) {
    return endpoint(folders).map(endpoint -> new Gateway(new EndpointClient(endpoint), null));
  }

  /** How the running gateway is reached; one that is still starting is waited for. The lock tells, since a crash leaves the endpoint file behind. */
  static Optional<Endpoint> endpoint(HostFolders folders) {
    Optional<String> holder = GatewayLock.holder(folders);
    if (holder.isEmpty()) {
      return Optional.empty();
    }
    Optional<Endpoint> endpoint = Endpoint.await(folders.gatewayEndpoint(), START_PATIENCE, () -> GatewayLock.holder(folders).isPresent());
    if (endpoint.isPresent()) {
      return endpoint;
    }
    if (GatewayLock.holder(folders).isEmpty()) {
      return Optional.empty();
    }
    throw new KitException("KIT-7205 a gateway runs (process " + holder.get() + ") but does not answer within "
        + START_PATIENCE.toSeconds() + " s. See 'kit logs'.");
  }

  private static Gateway boot(HostFolders folders, HostMode mode) {
    HostProcess host = HostProcess.start(folders, mode);
    Optional<Endpoint> endpoint = Endpoint.await(host.endpointFile(), START_PATIENCE, () -> true);
    if (endpoint.isEmpty()) {
      host.close();
      throw new KitException("KIT-7206 the host does not answer within " + START_PATIENCE.toSeconds() + " s: see "
          + folders.log().resolve("kit-job.log"));
    }
    return new Gateway(new EndpointClient(endpoint.get()), host);
  }

  EndpointClient client() {
    return client;
  }

  /** Whether this host is there for this command only. */
  boolean isOwn() {
    return host != null;
  }

  /** Takes a bundle out of a host that is there for this command only, which does not watch its deploy folder. */
  void uninstall(String symbolicName) {
    BundleContext context = host.context();
    List<Bundle> bundles = Arrays.stream(context.getBundles()).filter(bundle -> symbolicName.equals(bundle.getSymbolicName())).toList();
    try {
      for (Bundle bundle : bundles) {
        bundle.uninstall();
      }
      context.getBundle(0).adapt(FrameworkWiring.class).refreshBundles(bundles);
    } catch (BundleException e) {
      throw new KitException("KIT-7243 bundle " + symbolicName + " cannot be taken out of the host: " + e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    if (host != null) {
      host.close();
    }
  }
}
