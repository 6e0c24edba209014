package io.connectorkit.runtime.internal.extract;

import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/** Daemon threads whose names say whose they are. */
final class NamedThreads implements ThreadFactory {

  private final String name;
  private final AtomicInteger count = new AtomicInteger();

  NamedThreads(String name) {
    this.name = name;
  }

  @Override
  public Thread newThread(Runnable work) {
    Thread thread = new Thread(work, name + "-" + count.incrementAndGet());
    thread.setDaemon(true);
    return thread;
  }
}
