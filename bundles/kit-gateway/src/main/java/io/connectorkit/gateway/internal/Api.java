package io.connectorkit.gateway.internal;

import io.connectorkit.host.Catalog;
import io.connectorkit.host.Configurations;
import io.connectorkit.host.DeployFolder;
import io.connectorkit.host.EventInboxes;
import io.connectorkit.host.Instances;
import io.connectorkit.host.JarCheck;
import io.connectorkit.host.Runs;
import io.connectorkit.host.States;
import java.util.List;
import java.util.stream.Stream;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** All operations of the API. */
@Component(service = Api.class, configurationPid = GatewayConfig.PID)
public final class Api {

  private final List<Route> routes;

  @Activate
  public Api(BundleContext context, @Reference Instances instances, @Reference Runs runs, @Reference States states, @Reference Catalog catalog,
      @Reference DeployFolder folder, @Reference JarCheck jars, @Reference Configurations configurations,
      @Reference EventInboxes inboxes, @Reference Profiles profiles, GatewayConfig config) {
    HostPaths paths = HostPaths.of(context);
    this.routes = Stream.of(new HostResource(context, paths, instances, folder),
        new HealthResource(context, paths, instances, folder), new MetricsResource(instances, runs, catalog),
        new InstanceResource(instances, runs, states, catalog, folder),
        new DeploymentResource(paths, folder, jars, config), new RunResource(instances, runs), new SyncResource(instances, runs),
        new TableResource(catalog, runs, config), new ProfileResource(catalog, profiles), new QueryResource(catalog, config),
        new ManifestResource(catalog, paths),
        new ConnectorResource(configurations),
        new EventResource(inboxes)).flatMap(resource -> resource.routes().stream()).toList();
  }

  List<Route> routes() {
    return routes;
  }
}
