package io.connectorkit.runtime.internal.extract;

import io.connectorkit.http.HttpTransport;
import io.connectorkit.runtime.internal.config.Home;
import io.connectorkit.runtime.internal.registry.Instance;
import io.connectorkit.runtime.internal.registry.Registry;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.osgi.framework.Bundle;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/**
 * Keeps the scopes of instances. One goes once its connector or configuration is another one and no call uses it any more; a run that began
 * with it ends with it.
 */
@Component(service = InstanceScopes.class)
public final class InstanceScopes {

  /** The same configuration of the same connector. */
  private record Key(String name, int connector, String exactly) {

    static Key of(Instance instance) {
      return new Key(instance.name(), System.identityHashCode(instance.connector()), instance.exactly());
    }
  }

  /** A scope and how many calls use it. */
  private static final class Use {
    private final InstanceScope scope;
    private int users;
    private boolean outdated;

    Use(InstanceScope scope) {
      this.scope = scope;
    }
  }

  private final Registry registry;
  private final Home home;
  private final Scratch scratch;
  private final HttpTransport transport = new HttpTransport();
  private final Map<Key, Use> uses = new HashMap<>();
  private final Consumer<Bundle> onStop = bundle -> outdate(instance -> instance.bundle().getBundleId() == bundle.getBundleId());

  @Activate
  public InstanceScopes(@Reference Registry registry, @Reference Home home) {
    this.registry = registry;
    this.home = home;
    this.scratch = new Scratch(home.tmp());
    registry.onStop(onStop);
  }

  @Deactivate
  public void close() {
    registry.forget(onStop);
    outdate(instance -> true);
    transport.close();
    scratch.close();
  }

  /** Folders for calls. */
  Scratch scratch() {
    return scratch;
  }

  /** The HTTP client of the host. */
  HttpTransport transport() {
    return transport;
  }

  /** What the operator lays down for an instance. */
  Path folder(Instance instance) {
    return home.instanceFiles().resolve(instance.name());
  }

  /** The scope for a call, which gives it back by {@link #leave}. */
  InstanceScope enter(Instance instance) {
    synchronized (uses) {
      Use use = uses.computeIfAbsent(Key.of(instance), key -> new Use(new InstanceScope(instance)));
      use.users++;
      return use.scope;
    }
  }

  void leave(InstanceScope scope) {
    List<InstanceScope> due;
    synchronized (uses) {
      uses.values().stream().filter(use -> use.scope == scope).forEach(use -> use.users--);
      due = takeDue();
    }
    due.forEach(InstanceScope::close);
  }

  /** Has all others go. */
  void retain(Collection<Instance> current) {
    synchronized (uses) {
      if (uses.isEmpty()) {
        return;
      }
    }
    var keys = current.stream().map(Key::of).collect(Collectors.toSet());
    outdate(instance -> !keys.contains(Key.of(instance)));
  }

  private void outdate(Predicate<Instance> which) {
    List<InstanceScope> due;
    synchronized (uses) {
      uses.values().stream().filter(use -> which.test(use.scope.instance())).forEach(use -> use.outdated = true);
      due = takeDue();
    }
    due.forEach(InstanceScope::close);
  }

  private List<InstanceScope> takeDue() {
    List<InstanceScope> due = new ArrayList<>();
    uses.values().removeIf(use -> use.outdated && use.users == 0 && due.add(use.scope));
    return due;
  }
}
