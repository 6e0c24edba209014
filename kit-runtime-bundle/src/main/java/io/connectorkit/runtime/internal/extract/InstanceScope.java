package io.connectorkit.runtime.internal.extract;

import io.connectorkit.api.ConnectorException;
import io.connectorkit.runtime.internal.isolation.Sayable;
import io.connectorkit.runtime.internal.isolation.Tccl;
import io.connectorkit.runtime.internal.registry.Instance;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the calls of one instance share, for as long as its connector and configuration stay what they are. Safe from any thread. */
final class InstanceScope {

  private static final Logger LOG = LoggerFactory.getLogger(InstanceScope.class);
  private static final long PATIENCE_MILLIS = 5000;

  /** One shared object, and the lock under which it is made. */
  private static final class Slot {
    private final ReentrantLock lock = new ReentrantLock();
    private AutoCloseable value;
  }

  private final Instance instance;
  private final Map<String, Slot> slots = new ConcurrentHashMap<>();
  private volatile boolean closed;

  InstanceScope(Instance instance) {
    this.instance = instance;
  }

  Instance instance() {
    return instance;
  }

  /** As {@link io.connectorkit.api.ConnectorContext#shared}: whoever waits for somebody else's factory can be interrupted. */
  <T extends AutoCloseable> T shared(String key, Callable<T> factory) {
    Slot slot = slots.computeIfAbsent(key, each -> new Slot());
    try {
      slot.lock.lockInterruptibly();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("cancelled by the host");
    }
    try {
      if (closed) {
        throw new CancellationException("instance '" + instance.name() + "' has stopped");
      }
      if (slot.value == null) {
        slot.value = made(key, factory);
      }
      @SuppressWarnings("unchecked")
      T value = (T) slot.value;
      return value;
    } finally {
      slot.lock.unlock();
    }
  }

  private static <T> T made(String key, Callable<T> factory) {
    T value;
    try {
      value = factory.call();
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw ConnectorException.permanent("'" + key + "' cannot be made: " + Sayable.text(e), e);
    }
    if (value == null) {
      throw ConnectorException.permanent("the factory of '" + key + "' answers null; correct the connector", null);
    }
    return value;
  }

  /** Closes everything: on a thread of its own, since it is the connector's code and may hang. */
  void close() {
    closed = true;
    if (slots.isEmpty()) {
      return;
    }
    Thread thread = new NamedThreads("kit-close-" + instance.name()).newThread(() -> slots.forEach(this::close));
    thread.start();
    try {
      thread.join(PATIENCE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (thread.isAlive()) {
      thread.interrupt();
      LOG.warn("KIT-3033 {}: what its calls share is not closed within {} s; its thread goes on until it returns", instance.name(),
          TimeUnit.MILLISECONDS.toSeconds(PATIENCE_MILLIS));
    }
  }

  private void close(String key, Slot slot) {
    slot.lock.lock();
    try {
      if (slot.value != null) {
        Tccl.call(instance.connector().getClass().getClassLoader(), () -> {
          slot.value.close();
          return null;
        });
        slot.value = null;
      }
    } catch (Exception | LinkageError e) {
      LOG.warn("KIT-3033 {}: '{}' cannot be closed: {}", instance.name(), key, Redaction.clean(e, instance));
    } finally {
      slot.lock.unlock();
    }
  }
}
