package io.connectorkit.runtime.internal.isolation;

import io.connectorkit.api.ConnectorBundle;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.framework.hooks.weaving.WeavingHook;
import org.osgi.framework.hooks.weaving.WovenClass;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes the exits out of the classes of connectors while they are loaded; nobody else's classes are touched. */
@Component(service = ExitHook.class, immediate = true)
public final class ExitHook implements WeavingHook {

  private static final Logger LOG = LoggerFactory.getLogger(ExitHook.class);

  private final ServiceRegistration<WeavingHook> registration;

  /** The hook is no service of the component: it would be made when a class is loaded, and that may be one of its own. */
  @Activate
  public ExitHook(BundleContext context) {
    registration = context.registerService(WeavingHook.class, this, null);
  }

  @Deactivate
  public void close() {
    registration.unregister();
  }

  @Override
  public void weave(WovenClass woven) {
    if (woven.getBundleWiring().getRevision().getDeclaredCapabilities(ConnectorBundle.NAMESPACE).isEmpty()) {
      return;
    }
    Bundle bundle = woven.getBundleWiring().getBundle();
    String where = "bundle " + bundle.getSymbolicName() + " " + bundle.getVersion() + ": class " + woven.getClassName();
    try {
      byte[] code = woven.getBytes();
      byte[] harmless = ExitWeaver.weave(code, where);
      if (harmless != code) {
        woven.setBytes(harmless);
      }
    } catch (RuntimeException e) {
      // Better a class that could end the host than none; a hook that throws would also be out of use from then on.
      LOG.warn("KIT-1041 {} is loaded as it is, for its class file cannot be read: {}; compile it for an older Java", where, e.getMessage());
    }
  }
}
