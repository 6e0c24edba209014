package io.connectorkit.declarative.internal;

import io.connectorkit.api.Connector;
import io.connectorkit.api.ConnectorBundle;
import io.connectorkit.declaration.ConnectorYaml;
import io.connectorkit.declaration.Declaration;
import io.connectorkit.declaration.DeclarationException;
import io.connectorkit.declarative.DeclarativeConnector;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.Dictionary;
import java.util.Hashtable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.ServiceRegistration;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.util.tracker.BundleTracker;
import org.osgi.util.tracker.BundleTrackerCustomizer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Publishes a connector on behalf of each started connector bundle that has a section {@code source} and no component. */
@Component(service = DeclarativeBundles.class, immediate = true)
public final class DeclarativeBundles implements BundleTrackerCustomizer<ServiceRegistration<Connector>> {

  private static final Logger LOG = LoggerFactory.getLogger(DeclarativeBundles.class);

  private final BundleTracker<ServiceRegistration<Connector>> tracker;

  @Activate
  public DeclarativeBundles(BundleContext context) {
    tracker = new BundleTracker<>(context, Bundle.ACTIVE, this);
    tracker.open();
  }

  @Deactivate
  public void close() {
    tracker.close();
  }

  @Override
  public ServiceRegistration<Connector> addingBundle(Bundle bundle, BundleEvent event) {
    BundleRevision revision = bundle.adapt(BundleRevision.class);
    URL document = bundle.getEntry(Declaration.YAML);
    if (revision == null || revision.getDeclaredCapabilities(ConnectorBundle.NAMESPACE).isEmpty() || document == null
        || bundle.getHeaders("").get("Service-Component") != null) {
      return null;
    }
    try (InputStream stream = document.openStream()) {
      ConnectorYaml yaml = ConnectorYaml.read(stream, Declaration.YAML + " of bundle " + bundle.getSymbolicName());
      return yaml.source().map(source -> publish(bundle, yaml, new DeclarativeConnector(source))).orElse(null);
    } catch (IOException | DeclarationException | IllegalStateException e) {
      // The registry says what is wrong with it; gone in between is nothing to tell.
      LOG.debug("{} has no connector", bundle, e);
      return null;
    }
  }

  private static ServiceRegistration<Connector> publish(Bundle bundle, ConnectorYaml yaml, Connector connector) {
    Dictionary<String, Object> properties = new Hashtable<>();
    properties.put(ConnectorBundle.PREFIX_ + "name", yaml.name());
    properties.put(ConnectorBundle.PREFIX_ + "version", yaml.version());
    return bundle.getBundleContext().registerService(Connector.class, connector, properties);
  }

  @Override
  public void modifiedBundle(Bundle bundle, BundleEvent event, ServiceRegistration<Connector> registration) {}

  @Override
  public void removedBundle(Bundle bundle, BundleEvent event, ServiceRegistration<Connector> registration) {
    try {
      registration.unregister();
    } catch (IllegalStateException e) {
      // The framework was faster.
    }
  }
}
