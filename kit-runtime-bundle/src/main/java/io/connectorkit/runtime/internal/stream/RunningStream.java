package io.connectorkit.runtime.internal.stream;

import io.connectorkit.runtime.internal.extract.ChangePublisher;
import io.connectorkit.runtime.internal.extract.Engine;
import io.connectorkit.runtime.internal.extract.NamedThreads;
import io.connectorkit.runtime.internal.registry.Instance;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What works for an instance that streams.
 *
 * @param inbox closed with it
 */
record RunningStream(Instance instance, Inbox inbox, StreamWorker worker, Thread listener) implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(RunningStream.class);

  /** Begins. */
  static RunningStream start(Engine engine, Instance instance, Inbox inbox, ChangePublisher publisher) {
    StreamWorker worker = new StreamWorker(engine, instance, inbox, publisher);
    Thread listener = new NamedThreads("kit-listen-" + instance.name())
        .newThread(new Listener(engine, instance, inbox, worker.cancellation()));
    worker.cancellation().onCancel(listener::interrupt);
    worker.start();
    listener.start();
    return new RunningStream(instance, inbox, worker, listener);
  }

  /** What keeps events from being published; empty if nothing does. */
  String error() {
    return worker.error();
  }

  @Override
  public void close() {
    worker.close();
    try {
      listener.join(2000);
      inbox.close();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      LOG.warn("KIT-4023 {}: the inbox cannot be closed: {}", instance.name(), e.getMessage());
    }
  }
}
