package io.connectorkit.runtime.internal.registry;

import io.connectorkit.api.ConnectorBundle;
import io.connectorkit.declaration.Declaration;
import io.connectorkit.host.DeployFolder;
import io.connectorkit.host.KitException;
import io.connectorkit.runtime.internal.config.BundleDeclaration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.util.tracker.BundleTracker;
import org.osgi.util.tracker.BundleTrackerCustomizer;

/**
 * Tracks the bundles that provide the connector capability, in whatever state they are: also one that does not resolve has a reason to
 * show.
 */
final class ConnectorBundles implements BundleTrackerCustomizer<Bundle>, AutoCloseable {

  /**
   * A connector bundle: its declaration, or else what is wrong with it.
   *
   * @param lastModified of the bundle when it was read
   * @param settled false if it may have been in the middle of an update then, where the framework gives wrong answers
   */
  record Entry(Bundle bundle, Declaration declaration, KitException problem, long lastModified, boolean settled) {}

  private static final int ANY = Bundle.INSTALLED | Bundle.RESOLVED | Bundle.STARTING | Bundle.ACTIVE | Bundle.STOPPING;

  private final Map<Bundle, Entry> entries = new ConcurrentHashMap<>();
  private final BundleTracker<Bundle> tracker;
  private final Runnable changed;

  ConnectorBundles(BundleContext context, Runnable changed) {
    this.changed = changed;
    this.tracker = new BundleTracker<>(context, ANY, this);
  }

  void open() {
    tracker.open();
  }

  /**
   * All of them, those first that are started, in the order of installation: one that hangs for ever is in nobody's way.
   *
   * @param wanted those that are read again if that is needed; of others it will do what was read last
   */
  List<Entry> list(Predicate<Bundle> wanted) {
    Bundle[] tracked = tracker.getBundles();
    if (tracked == null) {
      return List.of();
    }
    // Sorted by what is read once: states change meanwhile.
    Map<Bundle, Boolean> started = Stream.of(tracked).collect(Collectors.toMap(bundle -> bundle, bundle -> bundle.getState() == Bundle.ACTIVE));
    return started.keySet().stream().sorted(Comparator.comparing((Bundle bundle) -> !started.get(bundle)).thenComparing(Bundle::getBundleId))
        .map(bundle -> current(bundle, wanted.test(bundle))).filter(Objects::nonNull).toList();
  }

  private Entry current(Bundle bundle, boolean wanted) {
    Entry known = entries.get(bundle);
    Entry current = known == null || wanted ? current(bundle, known) : known;
    if (current != null && current != known) {
      entries.put(bundle, current);
    }
    return current;
  }

  static Entry current(Bundle bundle, Entry known) {
    // Asked before the content is read: what changes meanwhile is read again the next time.
    long lastModified = bundle.getLastModified();
    boolean settled = bundle.getState() != Bundle.INSTALLED;
    if (known != null && known.settled() && known.lastModified() == lastModified) {
      return known;
    }
    try {
      return new Entry(bundle, BundleDeclaration.of(bundle), null, lastModified, settled);
    } catch (KitException e) {
      // Not to be remembered: an update has its date before its state, and its content can be closed for a moment after both.
      return new Entry(bundle, null, e, lastModified, false);
    } catch (IllegalStateException | NullPointerException e) {
      // Uninstalled, or just being updated (which the framework says by the latter): its next event brings it back.
      return null;
    }
  }

  @Override
  public Bundle addingBundle(Bundle bundle, BundleEvent event) {
    if (bundle.getLocation().startsWith(DeployFolder.REHEARSAL)) {
      return null;
    }
    BundleRevision revision = bundle.adapt(BundleRevision.class);
    return revision == null || revision.getDeclaredCapabilities(ConnectorBundle.NAMESPACE).isEmpty() ? null : bundle;
  }

  @Override
  public void modifiedBundle(Bundle bundle, BundleEvent event, Bundle tracked) {
    changed.run();
  }

  @Override
  public void removedBundle(Bundle bundle, BundleEvent event, Bundle tracked) {
    entries.remove(bundle);
    changed.run();
  }

  @Override
  public void close() {
    tracker.close();
  }
}
