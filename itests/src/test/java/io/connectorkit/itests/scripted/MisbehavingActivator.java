package io.connectorkit.itests.scripted;

import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/** Starts with a {@link Misdeed}. */
public final class MisbehavingActivator implements BundleActivator {

  @Override
  public void start(BundleContext context) {
    Misdeed.commit("activator");
  }

  @Override
  public void stop(BundleContext context) {
    Misdeed.commit("stop");
  }
}
