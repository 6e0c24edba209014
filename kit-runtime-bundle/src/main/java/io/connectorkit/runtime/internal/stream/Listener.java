package io.connectorkit.runtime.internal.stream;

import io.connectorkit.api.ConnectorException;
import io.connectorkit.api.Event;
import io.connectorkit.api.EventSink;
import io.connectorkit.api.Streams;
import io.connectorkit.runtime.internal.extract.CallContext;
import io.connectorkit.runtime.internal.extract.Engine;
import io.connectorkit.runtime.internal.extract.Redaction;
import io.connectorkit.runtime.internal.extract.Retry;
import io.connectorkit.runtime.internal.extract.RunCancellation;
import io.connectorkit.runtime.internal.isolation.Tccl;
import io.connectorkit.runtime.internal.registry.Instance;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.apache.arrow.memory.BufferAllocator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps a connector's own connection to its source going, and stores what comes over it. */
final class Listener implements EventSink, Runnable {

  private static final Logger LOG = LoggerFactory.getLogger(Listener.class);
  private static final Duration FULL_WAIT = Duration.ofMillis(200);

  private final Engine engine;
  private final Instance instance;
  private final Inbox inbox;
  private final RunCancellation cancellation;
  private volatile boolean none;

  Listener(Engine engine, Instance instance, Inbox inbox, RunCancellation cancellation) {
    this.engine = engine;
    this.instance = instance;
    this.inbox = inbox;
    this.cancellation = cancellation;
  }

  @Override
  public void run() {
    Streams connector = (Streams) instance.connector();
    for (int attempt = 0; !none && !cancellation.cancelled(); attempt++) {
      String reason = "the connection has ended";
      long last = inbox.last();
      try (BufferAllocator memory = engine.allocate(instance.name() + " connection");
          CallContext context = new CallContext(instance, memory, engine.duckDb(), cancellation, engine.scopes(), CallContext.Progress.NONE)) {
        Tccl.call(connector.getClass().getClassLoader(), () -> {
          connector.listen(context, this);
          return null;
        });
      } catch (Exception | LinkageError | StackOverflowError e) {
        reason = Redaction.withVariables(e, instance);
      }
      if (!none && !cancellation.cancelled()) {
        attempt = inbox.last() > last ? 0 : attempt;
        LOG.warn("{}: {}; connecting again", instance.name(), reason);
        Retry.waited(ConnectorException.transientFailure(reason, null, null), attempt, cancellation);
      }
    }
  }

  @Override
  public void accept(String id, byte[] body) {
    try {
      while (inbox.full()) {
        cancellation.await(FULL_WAIT);
        cancellation.check();
      }
      inbox.take(new Event(id, Instant.now(), Map.of(), body));
    } catch (IOException e) {
      throw ConnectorException.transientFailure("KIT-4021 the event cannot be stored: " + e.getMessage() + "; check the disk of data/inbox", null, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      cancellation.check();
      throw ConnectorException.transientFailure("interrupted while the inbox is full", null, e);
    }
  }

  @Override
  public void none() {
    none = true;
  }
}
