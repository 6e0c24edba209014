package io.connectorkit.runtime.internal.stream;

import io.connectorkit.api.Streams;
import io.connectorkit.host.EventInboxes;
import io.connectorkit.host.EventReceipt;
import io.connectorkit.host.EventReceipt.Outcome;
import io.connectorkit.host.EventStatus;
import io.connectorkit.host.KitException;
import io.connectorkit.host.QuarantinedEvent;
import io.connectorkit.runtime.internal.config.Home;
import io.connectorkit.runtime.internal.config.HostConfig;
import io.connectorkit.runtime.internal.extract.ChangePublisher;
import io.connectorkit.runtime.internal.extract.Engine;
import io.connectorkit.runtime.internal.extract.NamedThreads;
import io.connectorkit.runtime.internal.registry.Candidate;
import io.connectorkit.runtime.internal.registry.Coalescer;
import io.connectorkit.runtime.internal.registry.Instance;
import io.connectorkit.runtime.internal.registry.Registry;
import io.connectorkit.runtime.internal.store.Steps;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.osgi.framework.Bundle;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps an inbox and a worker for every instance that is ready and streams, in a host that serves. */
@Component(service = EventInboxes.class, immediate = true, configurationPid = HostConfig.PID)
public final class StreamService implements EventInboxes {

  private static final Logger LOG = LoggerFactory.getLogger(StreamService.class);
  private static final int MAX_BODY = 64 << 20;
  private static final int PREVIEW = 300;
  /** A bundle that hangs keeps streams waiting for no longer than that. */
  private static final long START_SECONDS = 10;
  private static final long STOP_SECONDS = 10;

  private final Registry registry;
  private final Engine engine;
  private final Home home;
  private final Steps steps;
  private final ChangePublisher publisher;
  private final long maxBytes;
  private final Map<String, RunningStream> streams = new ConcurrentSkipListMap<>();
  private final Map<String, String> unusable = new ConcurrentHashMap<>();
  private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(new NamedThreads("kit-streams"));
  private final Runnable onChange = new Coalescer(thread, this::look);
  private final Consumer<Bundle> onStop = bundle -> stop(instance -> instance.bundle().getBundleId() == bundle.getBundleId());

  @Activate
  public StreamService(@Reference Registry registry, @Reference Engine engine, @Reference Home home, @Reference Steps steps,
      @Reference ChangePublisher publisher, HostConfig config) {
    this.registry = registry;
    this.engine = engine;
    this.home = home;
    this.steps = steps;
    this.publisher = publisher;
    this.maxBytes = (long) config.inbox_mib() << 20;
    if (home.gateway()) {
      registry.onStop(onStop);
      // Until then a look after each of hundreds of bundles would slow down the start of them all.
      registry.scanned().toCompletableFuture().completeOnTimeout(null, START_SECONDS, TimeUnit.SECONDS).thenRunAsync(this::begin, thread);
    }
  }

  private void begin() {
    registry.onChange(onChange);
    onChange.run();
  }

  @Deactivate
  public void close() throws InterruptedException {
    registry.forget(onChange);
    registry.forget(onStop);
    thread.shutdownNow();
    thread.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS);
    stop(instance -> true);
  }

  private void look() {
    List<Instance> ready = registry.candidates().stream().map(Candidate::instance).filter(Objects::nonNull)
        .filter(instance -> instance.connector() instanceof Streams).toList();
    stop(instance -> ready.stream().noneMatch(each -> same(each, instance)));
    for (Instance instance : ready) {
      if (!streams.containsKey(instance.name())) {
        start(instance);
      }
    }
  }

  private static boolean same(Instance one, Instance other) {
    return one.name().equals(other.name()) && one.connector() == other.connector() && one.exactly().equals(other.exactly());
  }

  private synchronized void start(Instance instance) {
    try {
      long done = StreamWorker.position(publisher, instance.name());
      Inbox inbox = new Inbox(home.inbox(instance.name()), done, maxBytes, steps.of(instance.name()));
      streams.put(instance.name(), RunningStream.start(engine, instance, inbox, publisher));
      unusable.remove(instance.name());
      // It may have gone while it was started, and whoever stopped it found nothing.
      if (registry.find(instance.name()).map(Candidate::instance).filter(each -> same(each, instance)).isEmpty()) {
        stop(each -> each == instance);
      }
    } catch (IOException | RuntimeException e) {
      String reason = "KIT-4022 the inbox cannot be opened: " + e.getMessage() + "; check " + home.inbox(instance.name());
      if (!reason.equals(unusable.put(instance.name(), reason))) {
        LOG.error("{}: {}", instance.name(), reason);
      }
    }
  }

  private synchronized void stop(Predicate<Instance> which) {
    List<RunningStream> due = streams.values().stream().filter(stream -> which.test(stream.instance())).toList();
    due.forEach(stream -> streams.remove(stream.instance().name()));
    due.forEach(RunningStream::close);
  }

  @Override
  public EventReceipt receive(String instance, Map<String, String> headers, byte[] body) {
    RunningStream stream = streams.get(instance);
    if (stream != null) {
      return new Reception(stream.instance(), Clock.systemUTC()).receive(headers, body, stream.inbox());
    }
    boolean known = !registry.scanned().toCompletableFuture().isDone() || unusable.containsKey(instance) || registry.find(instance).isPresent();
    // Whoever asks has shown nothing yet, so that reasons are not for them.
    return known ? new EventReceipt(Outcome.LATER, "KIT-6026 '" + instance + "' takes no events at the moment")
        : new EventReceipt(Outcome.UNKNOWN_INSTANCE, "KIT-6027 nothing takes events here");
  }

  @Override
  public int maxBody(String instance) {
    return Optional.ofNullable(streams.get(instance))
        .map(stream -> Math.min(MAX_BODY, Reception.webhook(stream.instance()).maxBodyKib().orElseThrow() << 10)).orElse(0);
  }

  @Override
  public List<EventStatus> status() {
    List<EventStatus> list = new ArrayList<>();
    for (RunningStream stream : streams.values()) {
      Inbox inbox = stream.inbox();
      list.add(new EventStatus(stream.instance().name(), inbox.last(), inbox.waiting(), size(inbox), inbox.full(), stream.error()));
    }
    unusable.forEach((instance, reason) -> list.add(new EventStatus(instance, 0, 0, 0, true, reason)));
    return list;
  }

  private static int size(Inbox inbox) {
    try {
      return inbox.quarantine().size();
    } catch (IOException e) {
      throw failed(e);
    }
  }

  private static KitException failed(IOException e) {
    return new KitException("KIT-4023", "events that were set aside cannot be read: " + e.getMessage() + "; check data/inbox", e);
  }

  private Inbox require(String instance) {
    RunningStream stream = streams.get(instance);
    if (stream == null) {
      throw new KitException("KIT-3001", "'" + instance + "' takes no events; those that do: " + streams.keySet());
    }
    return stream.inbox();
  }

  @Override
  public List<QuarantinedEvent> quarantine(String instance, int limit) {
    try {
      return require(instance).quarantine().list(limit).stream().map(StreamService::view).toList();
    } catch (IOException e) {
      throw failed(e);
    }
  }

  private static QuarantinedEvent view(Quarantine.Entry entry) {
    byte[] body = entry.event().event().body();
    String preview = new String(body, 0, Math.min(body.length, PREVIEW), StandardCharsets.UTF_8).replaceAll("\\p{Cntrl}", " ");
    return new QuarantinedEvent(entry.event().sequence(), entry.event().event().id(), entry.event().event().receivedAt(), entry.since(),
        entry.reason(), body.length, preview);
  }

  @Override
  public int replay(String instance, List<Long> sequences) {
    Inbox inbox = require(instance);
    try {
      List<Quarantine.Entry> entries = sequences.isEmpty() ? inbox.quarantine().list(Integer.MAX_VALUE) : entries(inbox, sequences);
      return inbox.replay(entries);
    } catch (IOException e) {
      throw failed(e);
    }
  }

  private static List<Quarantine.Entry> entries(Inbox inbox, List<Long> sequences) throws IOException {
    List<Quarantine.Entry> entries = new ArrayList<>();
    for (long sequence : sequences) {
      entries.add(inbox.quarantine().find(sequence).orElseThrow(() -> new KitException("KIT-3050", "event " + sequence
          + " is not among those that were set aside; list them first")));
    }
    return entries;
  }

  @Override
  public int drop(String instance, List<Long> sequences) {
    Inbox inbox = require(instance);
    try {
      for (Quarantine.Entry entry : entries(inbox, sequences)) {
        inbox.quarantine().remove(entry.event().sequence());
      }
      return sequences.size();
    } catch (IOException e) {
      throw failed(e);
    }
  }
}
