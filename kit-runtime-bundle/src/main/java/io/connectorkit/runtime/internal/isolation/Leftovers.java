package io.connectorkit.runtime.internal.isolation;

import io.connectorkit.api.ConnectorBundle;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.wiring.BundleWiring;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.util.tracker.BundleTracker;
import org.osgi.util.tracker.BundleTrackerCustomizer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks, after a connector's bundle has stopped, for what it has left in the JVM: closes what can be closed without harm, and names all of
 * it. The stop itself does not wait for this.
 */
@Component(service = Leftovers.class, immediate = true)
public final class Leftovers implements BundleTrackerCustomizer<Leftovers.Life> {

  private static final Logger LOG = LoggerFactory.getLogger(Leftovers.class);
  private static final int NAMED = 30;
  private static final int REMEMBERED = 200;
  private static final long COLLECTION_NANOS = TimeUnit.SECONDS.toNanos(5);

  /** A bundle from its start to its stop. */
  record Life(String symbolicName, String label, BundleWiring wiring, ConnectorLoader loader) {}

  /** Closes leftovers of one kind, and tells of each. */
  private interface Search {

    List<String> in(ConnectorLoader loader) throws InterruptedException;
  }

  /** What must not be held here: that is what is asked about it. */
  private record Gone(String symbolicName, String label, WeakReference<BundleWiring> wiring, WeakReference<ClassLoader> loader) {

    boolean alive() {
      BundleWiring known = wiring.get();
      return loader.get() != null && (known == null || !known.isCurrent());
    }
  }

  private final BundleContext context;
  private final BundleTracker<Life> tracker;
  private final Map<String, List<String>> reports = new LinkedHashMap<>();
  private final List<Gone> gone = new ArrayList<>();
  private final AtomicBoolean closing = new AtomicBoolean();
  private final ExecutorService thread = Executors.newSingleThreadExecutor(work -> {
    Thread made = new Thread(work, "kit-leftovers");
    made.setDaemon(true);
    return made;
  });

  /** The hook is not used: whoever waits for this component knows that connectors are guarded in both ways. */
  @Activate
  public Leftovers(BundleContext context, @Reference ExitHook exits) {
    this.context = context;
    tracker = new BundleTracker<>(context, Bundle.STARTING | Bundle.ACTIVE | Bundle.STOPPING, this);
    tracker.open();
  }

  @Deactivate
  public void close() {
    closing.set(true);
    tracker.close();
    thread.shutdownNow();
  }

  @Override
  public Life addingBundle(Bundle bundle, BundleEvent event) {
    BundleWiring wiring = bundle.adapt(BundleWiring.class);
    return wiring == null || wiring.getRevision().getDeclaredCapabilities(ConnectorBundle.NAMESPACE).isEmpty() ? null
        : new Life(bundle.getSymbolicName(), bundle.getSymbolicName() + " " + bundle.getVersion(), wiring,
            new ConnectorLoader(wiring.getClassLoader()));
  }

  @Override
  public void modifiedBundle(Bundle bundle, BundleEvent event, Life life) {}

  @Override
  public void removedBundle(Bundle bundle, BundleEvent event, Life life) {
    // What a process leaves behind at its end is gone with it.
    if (!closing.get() && context.getBundle(0).getState() != Bundle.STOPPING) {
      remember(life);
      thread.execute(() -> inspect(life));
    }
  }

  private void remember(Life life) {
    synchronized (gone) {
      gone.removeIf(each -> each.loader().get() == null || each.loader().get() == life.loader().loader());
      gone.add(new Gone(life.symbolicName(), life.label(), new WeakReference<>(life.wiring()), new WeakReference<>(life.loader().loader())));
      if (gone.size() > REMEMBERED) {
        gone.remove(0);
      }
    }
  }

  private void inspect(Life life) {
    // A bundle that was started again without a change goes on with the same classes, and nothing of it is left over.
    if (restarted(life)) {
      return;
    }
    long start = System.nanoTime();
    List<String> found = new ArrayList<>();
    for (Search search : List.<Search>of(StrayThreads::end, Registrations::undo, ThreadLocalValues::remove)) {
      try {
        found.addAll(search.in(life.loader()));
      } catch (InterruptedException e) {
        // The host stops.
        return;
      } catch (RuntimeException | LinkageError e) {
        LOG.error("KIT-9010 what {} left behind cannot be looked through", life.label(), e);
      }
    }
    LOG.debug("{}: looked through in {} us", life.label(), TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - start));
    report(life, found);
  }

  private boolean restarted(Life life) {
    Life now = tracker.getObject(life.wiring().getBundle());
    return now != null && now.wiring() == life.wiring();
  }

  private void report(Life life, List<String> found) {
    if (found.isEmpty()) {
      return;
    }
    String more = found.size() > NAMED ? ", and " + (found.size() - NAMED) + " more" : "";
    List<String> named = found.stream().limit(NAMED).toList();
    LOG.warn("KIT-1042 {} left behind: {}{}; a connector must close what it opens when its component is deactivated", life.label(),
        String.join(", ", named), more);
    synchronized (reports) {
      reports.remove(life.symbolicName());
      reports.put(life.symbolicName(), named.stream().map(each -> life.label() + " left behind " + each).toList());
      if (reports.size() > REMEMBERED) {
        reports.remove(reports.keySet().iterator().next());
      }
    }
  }

  /** What the bundles of that name have left behind, and which of them are still in memory; empty if there is nothing to say. */
  public List<String> of(String symbolicName) {
    Stream<String> found;
    synchronized (reports) {
      found = reports.getOrDefault(symbolicName, List.of()).stream();
    }
    return Stream.concat(found, alive().filter(each -> each.symbolicName().equals(symbolicName)).map(each -> "class loader of " + each.label()
        + " is still in memory: until the next full garbage collection, or for as long as something holds it")).toList();
  }

  /** The same, once what was removed has been looked through and garbage has been collected. */
  public List<String> collected(String symbolicName) {
    long deadline = System.nanoTime() + 2 * COLLECTION_NANOS;
    while (installed(symbolicName) && System.nanoTime() < deadline) {
      LockSupport.parkNanos(COLLECTION_NANOS / 100);
    }
    try {
      thread.submit(() -> { }).get(COLLECTION_NANOS, TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      LOG.debug("what {} left behind is not looked through yet", symbolicName, e);
    }
    while (alive().anyMatch(each -> each.symbolicName().equals(symbolicName)) && System.nanoTime() < deadline) {
      System.gc();
      LockSupport.parkNanos(COLLECTION_NANOS / 100);
    }
    return of(symbolicName);
  }

  private boolean installed(String symbolicName) {
    return Stream.of(context.getBundles()).anyMatch(bundle -> symbolicName.equals(bundle.getSymbolicName()));
  }

  /** Bundles and versions that are gone and whose class loaders are still in memory: until the next full collection, or held by somebody. */
  public List<String> loadersAlive() {
    return alive().map(Gone::label).toList();
  }

  private Stream<Gone> alive() {
    synchronized (gone) {
      return gone.stream().filter(Gone::alive).toList().stream();
    }
  }
}
