package io.connectorkit.runtime.internal.schedule;

import io.connectorkit.host.InstanceStatus.State;
import io.connectorkit.runtime.internal.config.Home;
import io.connectorkit.runtime.internal.config.Secrets;
import io.connectorkit.runtime.internal.registry.Coalescer;
import io.connectorkit.runtime.internal.registry.Registry;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets an instance go on that waits for the file of a secret. Such files lie anywhere, often on volumes that tell nobody of changes, so they
 * are looked at again and again; but only while an instance waits for one.
 */
@Component(service = SecretWatch.class, immediate = true)
public final class SecretWatch {

  private static final Logger LOG = LoggerFactory.getLogger(SecretWatch.class);
  private static final long INTERVAL_SECONDS = 1;
  private static final long STOP_SECONDS = 10;

  private final Registry registry;
  private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(work -> {
    Thread named = new Thread(work, "kit-secrets");
    named.setDaemon(true);
    return named;
  });
  /** Touched by the one thread only. */
  private List<String> waiting = List.of();
  private final Runnable onChange = new Coalescer(thread, this::changed);

  @Activate
  public SecretWatch(@Reference Home home, @Reference Registry registry) {
    this.registry = registry;
    if (home.gateway()) {
      registry.onChange(onChange);
      onChange.run();
    }
  }

  @Deactivate
  public void close() throws InterruptedException {
    registry.forget(onChange);
    thread.shutdownNow();
    thread.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS);
  }

  private void changed() {
    // While one waits the next look is on its way, and tells the registry of what it finds.
    if (waiting.isEmpty()) {
      waiting = reasons();
      again();
    }
  }

  private void look() {
    List<String> now = reasons();
    boolean changed = !now.equals(waiting);
    waiting = now;
    if (changed) {
      registry.refresh();
    }
    again();
  }

  private void again() {
    if (!waiting.isEmpty() && !thread.isShutdown()) {
      thread.schedule(this::look, INTERVAL_SECONDS, TimeUnit.SECONDS);
    }
  }

  private List<String> reasons() {
    try {
      return registry.candidates().stream().filter(candidate -> candidate.state() == State.WAITING)
          .filter(candidate -> candidate.reason().contains(Secrets.FILE_CODE)).map(candidate -> candidate.name() + ": " + candidate.reason()).toList();
    } catch (RuntimeException e) {
      LOG.warn("instances that wait for a secret cannot be looked at", e);
      return waiting;
    }
  }
}
