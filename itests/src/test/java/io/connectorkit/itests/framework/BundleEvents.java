package io.connectorkit.itests.framework;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Predicate;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.SynchronousBundleListener;

/** What happens to some bundles while this is open. */
final class BundleEvents implements SynchronousBundleListener, AutoCloseable {

  private final BundleContext context;
  private final Predicate<Bundle> whose;
  private final Queue<String> seen = new ConcurrentLinkedQueue<>();

  BundleEvents(BundleContext context, Predicate<Bundle> whose) {
    this.context = context;
    this.whose = whose;
    context.addBundleListener(this);
  }

  @Override
  public void bundleChanged(BundleEvent event) {
    if (whose.test(event.getBundle())) {
      seen.add(event.getBundle().getSymbolicName() + " event " + event.getType());
    }
  }

  List<String> seen() {
    return List.copyOf(seen);
  }

  @Override
  public void close() {
    context.removeBundleListener(this);
  }
}
