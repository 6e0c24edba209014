package io.connectorkit.deployer.internal;

import io.connectorkit.host.InstanceStatus;
import io.connectorkit.host.InstanceStatus.State;
import io.connectorkit.host.Instances;
import io.connectorkit.host.KitException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Finds out whether a bundle's connector works: its instances are READY, and its source answers. */
final class Trial {

  private final Instances instances;
  private final DeploySettings settings;

  Trial(Instances instances, DeploySettings settings) {
    this.instances = instances;
    this.settings = settings;
  }

  /** The instances of a bundle that could run now. */
  List<String> ready(long bundle) {
    return settled(bundle).stream().filter(status -> status.state() == State.READY).map(InstanceStatus::instance).toList();
  }

  /** What is wrong with a bundle of which these instances could run before. */
  Optional<Fault> of(long bundle, Collection<String> ready) {
    List<InstanceStatus> now = settled(bundle);
    Optional<Fault> fault = ready.stream().flatMap(name -> notReady(name, now).stream()).findFirst()
        .or(() -> now.stream().filter(status -> ready.isEmpty() && status.state() != State.READY && status.state() != State.WAITING)
            .map(Trial::fault).findFirst());
    return fault.isPresent() ? fault : silence(bundle);
  }

  private static Optional<Fault> notReady(String name, List<InstanceStatus> now) {
    Optional<InstanceStatus> status = now.stream().filter(each -> each.instance().equals(name)).findFirst();
    if (status.isEmpty()) {
      // A bundle that contradicts itself has no instances, and says why under its own name.
      return now.stream().map(Trial::fault).findFirst().or(() -> Optional.of(Fault.ofBundle("instance '" + name + "' has no connector with it")));
    }
    return status.filter(each -> each.state() != State.READY).map(Trial::fault);
  }

  private static Fault fault(InstanceStatus status) {
    return Fault.ofBundle("instance '" + status.instance() + "' is " + status.state() + " with it: " + status.reason());
  }

  /** Why one of the instances that could run cannot list its tables; not asked by a process that serves nobody. */
  Optional<Fault> silence(long bundle) {
    for (String name : settings.gateway() ? ready(bundle) : List.<String>of()) {
      try {
        instances.discover(name, settings.ready());
      } catch (KitException e) {
        return Optional.of(Fault.ofSource(e.getMessage()));
      }
    }
    return Optional.empty();
  }

  private List<InstanceStatus> settled(long bundle) {
    return instances.settled(bundle, settings.ready());
  }
}
