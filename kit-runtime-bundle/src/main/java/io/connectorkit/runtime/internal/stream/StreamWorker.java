package io.connectorkit.runtime.internal.stream;

import io.connectorkit.api.Capability;
import io.connectorkit.api.Changes;
import io.connectorkit.api.ConnectorException;
import io.connectorkit.api.Event;
import io.connectorkit.api.Streams;
import io.connectorkit.api.TableInfo;
import io.connectorkit.host.KitException;
import io.connectorkit.runtime.internal.extract.CallContext;
import io.connectorkit.runtime.internal.extract.ChangePublisher;
import io.connectorkit.runtime.internal.extract.Engine;
import io.connectorkit.runtime.internal.extract.LimitedCall;
import io.connectorkit.runtime.internal.extract.NamedThreads;
import io.connectorkit.runtime.internal.extract.Redaction;
import io.connectorkit.runtime.internal.extract.Retry;
import io.connectorkit.runtime.internal.extract.RunCancellation;
import io.connectorkit.runtime.internal.extract.TableChoice;
import io.connectorkit.runtime.internal.isolation.Tccl;
import io.connectorkit.runtime.internal.registry.Instance;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.apache.arrow.memory.BufferAllocator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes the events of one instance out of its inbox, has its connector turn them into changes, and has these published. Events that came
 * meanwhile share the next commit, so that a burst costs no more commits than time.
 */
final class StreamWorker implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(StreamWorker.class);
  /** The mark with the sequence of the last event whose changes are published. */
  private static final String POSITION = "events";
  private static final int MAX_EVENTS = 2000;
  private static final long MAX_BYTES = 8 << 20;
  /** After that the source is asked again what its tables look like. */
  private static final Duration TABLES_LAST = Duration.ofMinutes(10);
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final Engine engine;
  private final Instance instance;
  private final Inbox inbox;
  private final ChangePublisher publisher;
  private final RunCancellation cancellation = new RunCancellation();
  private final Thread thread;
  private List<TableInfo> tables = List.of();
  private long discoveredAt;
  private int attempt;
  private volatile String error = "";

  StreamWorker(Engine engine, Instance instance, Inbox inbox, ChangePublisher publisher) {
    this.engine = engine;
    this.instance = instance;
    this.inbox = inbox;
    this.publisher = publisher;
    this.thread = new NamedThreads("kit-stream-" + instance.name()).newThread(this::run);
    cancellation.onCancel(thread::interrupt);
  }

  void start() {
    thread.start();
  }

  Instance instance() {
    return instance;
  }

  RunCancellation cancellation() {
    return cancellation;
  }

  /** Sequence of the last event of an instance whose changes are published; 0 before the first. */
  static long position(ChangePublisher publisher, String instance) {
    return Long.parseLong(publisher.marks(instance).getOrDefault(POSITION, "0"));
  }

  /** What keeps events from being published; empty if nothing does. */
  String error() {
    return error;
  }

  private void run() {
    while (!cancellation.cancelled()) {
      try (EventReader reader = inbox.reader()) {
        work(reader);
      } catch (InterruptedException e) {
        return;
      } catch (CancellationException e) {
        // Looked at by the loop.
      } catch (IOException | RuntimeException e) {
        failed(e);
      }
    }
  }

  private void work(EventReader reader) throws IOException, InterruptedException {
    while (!cancellation.cancelled()) {
      inbox.await(reader.sequence());
      List<StoredEvent> events = reader.next(MAX_EVENTS, MAX_BYTES);
      deal(events);
      error = "";
      attempt = 0;
    }
  }

  /** Has events published; those that cannot be are looked at in halves, until the one is found that is to blame. */
  private void deal(List<StoredEvent> events) throws IOException {
    long upTo = events.get(events.size() - 1).sequence();
    try {
      Changes changes = ask(events.stream().map(StoredEvent::event).toList());
      if (changes.list().isEmpty()) {
        inbox.passedOver(upTo);
      } else {
        publish(changes, upTo);
      }
    } catch (KitException | ConnectorException | Poison e) {
      if (cancellation.cancelled() || passes(e)) {
        throw e;
      }
      if (events.size() > 1) {
        deal(events.subList(0, events.size() / 2));
        deal(events.subList(events.size() / 2, events.size()));
        return;
      }
      setAside(events.get(0), Redaction.withVariables(e, instance));
      // So that it does not come back once people have dealt with it.
      publish(new Changes(), upTo);
    }
  }

  private void publish(Changes changes, long upTo) throws IOException {
    publisher.publish(instance, tables, changes, Map.of(POSITION, String.valueOf(upTo)));
    inbox.done(upTo);
  }

  /** Whether it has nothing to do with what the events are. */
  private static boolean passes(RuntimeException e) {
    return e instanceof ConnectorException failure ? failure.kind() != ConnectorException.Kind.PERMANENT
        : e instanceof KitException kit && (kit.code().startsWith("KIT-4") || Set.of("KIT-3002", "KIT-3003").contains(kit.code()));
  }

  private void setAside(StoredEvent event, String reason) throws IOException {
    String line = reason.startsWith("KIT-") ? reason : "KIT-3051 " + reason;
    inbox.quarantine().add(event, Instant.now(), line);
    LOG.warn("{}: event {} is set aside: {}; look at it with kit events {}", instance.name(), event.sequence(), line, instance.name());
  }

  private Changes ask(List<Event> events) {
    if (tables.isEmpty() || System.nanoTime() - discoveredAt > TABLES_LAST.toNanos()) {
      tables = TableChoice.of(engine.discovery().discover(instance, cancellation), instance.config().file().tableNames(),
          instance.declaration().capabilities(), table -> Capability.STREAM).tables();
      discoveredAt = System.nanoTime();
    }
    try {
      return LimitedCall.of("kit-events-" + instance.name(), () -> call(events), engine.limits().stall(), cancellation);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof ConnectorException failure) {
        throw failure;
      }
      throw new Poison(e.getCause());
    } catch (TimeoutException e) {
      throw ConnectorException.transientFailure("KIT-3014 the connector has not dealt with " + events.size() + " events within "
          + engine.limits().stall().toSeconds() + " s; check the source, or raise run.stall.seconds", null, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("the stream has stopped");
    }
  }

  private Changes call(List<Event> events) throws Exception {
    Streams connector = (Streams) instance.connector();
    try (BufferAllocator memory = engine.allocate(instance.name() + " events");
        CallContext context = new CallContext(instance, memory, engine.duckDb(), cancellation, engine.scopes(), CallContext.Progress.NONE)) {
      return Tccl.call(connector.getClass().getClassLoader(), () -> {
        Changes changes = connector.changes(context, tables, events);
        if (changes == null) {
          throw new IllegalStateException("changes() answered null");
        }
        return new Changes().addAll(changes);
      });
    }
  }

  /** What a connector throws that is no word for the host. */
  private static final class Poison extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Poison(Throwable cause) {
      super(cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getClass().getSimpleName() + ": " + cause.getMessage(), cause);
    }
  }

  /** The same events come again after a while; with the tables as they are then. */
  private void failed(Exception e) {
    if (cancellation.cancelled()) {
      return;
    }
    String text = Redaction.withVariables(e, instance);
    if (!text.equals(error)) {
      LOG.warn("{}: events wait: {}", instance.name(), text);
    }
    error = text;
    tables = List.of();
    Retry.waited(ConnectorException.transientFailure(text, e instanceof ConnectorException failure ? failure.retryAfter().orElse(null) : null, e),
        attempt++, cancellation);
  }

  /** Ends it; what is not published comes again. */
  @Override
  public void close() {
    cancellation.cancel();
    try {
      thread.join(PATIENCE.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (thread.isAlive()) {
      LOG.warn("KIT-3013 connector '{}' does not react to cancellation within {} s; its thread goes on until it returns",
          instance.declaration().name(), PATIENCE.toSeconds());
    }
  }
}
