package io.connectorkit.runtime.internal.registry;

import io.connectorkit.api.Connector;
import io.connectorkit.runtime.internal.isolation.Sayable;
import io.connectorkit.runtime.internal.isolation.Tccl;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.wiring.BundleWiring;

/**
 * The making of a connector, on a thread of its own: a constructor may hang or fail, and nobody who hears of the service shall hang or
 * fail with it.
 */
final class Construction {

  private final BundleContext context;
  private final ServiceReference<?> reference;
  private final CompletableFuture<Connector> result = new CompletableFuture<>();
  private final Thread thread;

  /**
   * Begins.
   *
   * @param failure tells why a bundle's component could not be made
   * @param limit after which it counts as failed
   * @param done run when it has ended, either way
   */
  Construction(BundleContext context, ServiceReference<?> reference, Function<Bundle, String> failure, Duration limit, Runnable done) {
    this.context = context;
    this.reference = reference;
    Bundle bundle = reference.getBundle();
    this.thread = new Thread(() -> make(bundle, failure), "kit-construct-" + (bundle == null ? "" : bundle.getSymbolicName()));
    thread.setDaemon(true);
    result.copy().orTimeout(limit.toMillis(), TimeUnit.MILLISECONDS).whenComplete((connector, error) -> {
      if (!result.isDone()) {
        thread.interrupt();
        result.completeExceptionally(new IllegalStateException("KIT-1014 the connector's constructor has not returned within "
            + limit.toSeconds() + " s; move what takes long into discover() and read()"));
      }
      done.run();
    });
    thread.start();
  }

  private void make(Bundle bundle, Function<Bundle, String> failure) {
    try {
      // So that what it begins to run, such as the threads of a pool, is known for its own.
      ClassLoader loader = bundle.adapt(BundleWiring.class).getClassLoader();
      Object service = Tccl.call(loader, () -> context.getService(reference));
      if (service instanceof Connector connector) {
        result.complete(connector);
      } else {
        result.completeExceptionally(new IllegalStateException(service == null
            ? "KIT-1014 the connector cannot be constructed: " + failure.apply(bundle)
            : "KIT-1014 the service " + service.getClass().getName() + " is no " + Connector.class.getName() + "; implement it"));
      }
    } catch (Exception | LinkageError | VirtualMachineError e) {
      result.completeExceptionally(new IllegalStateException("KIT-1014 the connector cannot be constructed: " + Sayable.line(Sayable.text(e)), e));
    }
  }

  boolean running() {
    return !result.isDone();
  }

  /** The connector, if it was made. */
  Optional<Connector> connector() {
    return result.isDone() && !result.isCompletedExceptionally() ? Optional.of(result.join()) : Optional.empty();
  }

  /** Why there is no connector; empty if there is one, or may yet be one. */
  String failure() {
    return result.handle((connector, error) -> error == null ? "" : error.getMessage()).getNow("");
  }

  /** Gives the service back. */
  void close() {
    thread.interrupt();
    result.completeExceptionally(new IllegalStateException("the connector is stopped"));
    context.ungetService(reference);
  }
}
