package io.connectorkit.runtime.internal.extract;

import io.connectorkit.api.Reads;
import io.connectorkit.api.Writes;
import io.connectorkit.host.InstanceStatus.State;
import io.connectorkit.host.KitException;
import io.connectorkit.host.RunListener;
import io.connectorkit.host.RunOrder;
import io.connectorkit.runtime.internal.analytics.Analytics;
import io.connectorkit.runtime.internal.config.Home;
import io.connectorkit.runtime.internal.config.Secrets;
import io.connectorkit.runtime.internal.registry.Candidate;
import io.connectorkit.runtime.internal.registry.Coalescer;
import io.connectorkit.runtime.internal.registry.Instance;
import io.connectorkit.runtime.internal.registry.Registry;
import io.connectorkit.runtime.internal.store.ExtractContent;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts a run when a capability set appears: on first deployment, and when bundle or configuration are no longer those of the last
 * published run. A restart of the host changes nothing of that, and so extracts nothing.
 */
@Component(service = CapabilityTrigger.class, immediate = true)
public final class CapabilityTrigger {

  private static final Logger LOG = LoggerFactory.getLogger(CapabilityTrigger.class);

  /** A bundle that hangs keeps the others waiting for no longer than that. */
  private static final long START_SECONDS = 10;
  private static final long STOP_SECONDS = 10;
  private static final long SECRETS_SECONDS = 1;

  private final Registry registry;
  private final RunService runs;
  private final Analytics analytics;
  private final InstanceScopes scopes;
  private final boolean gateway;
  private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(new NamedThreads("kit-trigger"));
  /** What was tried in this process, by instance: a run that fails is not repeated until something changes. */
  private final Map<String, String> tried = new ConcurrentHashMap<>();
  /** Touched by the one thread only. */
  private Future<?> nextLook = CompletableFuture.completedFuture(null);
  private final Runnable onChange = new Coalescer(thread, this::look);

  @Activate
  public CapabilityTrigger(@Reference Home home, @Reference Registry registry, @Reference RunService runs, @Reference Analytics analytics,
      @Reference Engine engine) {
    this.registry = registry;
    this.runs = runs;
    this.analytics = analytics;
    this.scopes = engine.scopes();
    this.gateway = home.gateway();
    if (gateway) {
      // Reads every extract, which takes as long as all the rest of a start. Whoever asks before reads what is asked for.
      registry.scanned().toCompletableFuture().completeOnTimeout(null, START_SECONDS, TimeUnit.SECONDS)
          .thenRunAsync(() -> begin(engine.grace()), thread);
    }
  }

  private void begin(Duration grace) {
    analytics.recover(grace);
    registry.onChange(onChange);
    onChange.run();
  }

  @Deactivate
  public void close() throws InterruptedException {
    registry.forget(onChange);
    thread.shutdownNow();
    // What it works with is closed next.
    thread.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS);
  }

  private void look() {
    try {
      List<Candidate> candidates = registry.candidates();
      List<Instance> ready = candidates.stream().map(Candidate::instance).filter(Objects::nonNull).toList();
      Map<String, String> fingerprints = ready.stream().collect(Collectors.toMap(Instance::name, Instance::fingerprint));
      tried.keySet().retainAll(fingerprints.keySet());
      runs.endOutdated(fingerprints);
      scopes.retain(ready);
      ready.forEach(this::check);
      awaitSecrets(candidates);
    } catch (RuntimeException e) {
      LOG.error("KIT-9002 connectors cannot be checked for due runs", e);
    }
  }

  /** Nobody tells when the file of a secret appears; while an instance waits for one, there is another look soon. */
  private void awaitSecrets(List<Candidate> candidates) {
    nextLook.cancel(false);
    if (!thread.isShutdown() && candidates.stream().anyMatch(candidate -> candidate.state() == State.WAITING
        && candidate.reason().contains(Secrets.FILE_CODE))) {
      nextLook = thread.schedule(this::look, SECRETS_SECONDS, TimeUnit.SECONDS);
    }
  }

  private void check(Instance instance) {
    if (instance.connector() instanceof Writes && !(instance.connector() instanceof Reads)) {
      // It takes rows and has none to extract.
      return;
    }
    String fingerprint = instance.fingerprint();
    String exactly = instance.exactly();
    if (exactly.equals(tried.put(instance.name(), exactly))) {
      return;
    }
    ExtractContent last = analytics.last(instance.name()).orElse(ExtractContent.EMPTY);
    boolean fresh = last.fingerprint().filter(fingerprint::equals).isPresent() && !last.failed();
    // A run that waits for its turn will find what has changed.
    if (fresh || runs.waiting(instance.name())) {
      return;
    }
    // One that goes on may have begun with what is there now, such as the repeated run of an upgrade.
    if (runs.after(instance.name(), onChange)) {
      tried.remove(instance.name());
      return;
    }
    try {
      runs.start(new RunOrder(instance.name(), List.of(), "capabilities"), RunListener.NONE);
    } catch (KitException e) {
      // Gone again since it was listed; its return is a change of its own.
      tried.remove(instance.name());
    }
  }
}
